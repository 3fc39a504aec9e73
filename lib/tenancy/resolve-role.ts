import { eq } from "drizzle-orm";
import { ROLES, type Role } from "#/drizzle/schema/members.ts";
import { roles } from "#/drizzle/schema/roles.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { builtInRole, type HeldRole, mayHandle, ownRole } from "./permissions.ts";

/** A role as a row of members or invitations stores it. */
export type StoredRole = { role: Role; roleId: string | null };

/** What a membership with a role of the tenant's own holds besides: the least that there is. */
const LEAST: Role = "agent";

/** Reads what a row stores. A role that was deleted meanwhile allows nothing. */
export async function heldRoleOf(tx: TenantTransaction, stored: StoredRole): Promise<HeldRole> {
  if (stored.roleId === null) return builtInRole(stored.role);
  const [row] = await tx.select().from(roles).where(eq(roles.id, stored.roleId));
  return row ? ownRole(row) : builtInRole(LEAST);
}

/** The role that a form names, for one who may hand it out. Refuses at the field `role`. */
export async function chosenRole(
  tx: TenantTransaction,
  asking: HeldRole,
  chosen: string,
): Promise<StoredRole & { held: HeldRole }> {
  const builtIn = ROLES.find((role) => role === chosen);
  const stored = builtIn ? { role: builtIn, roleId: null } : { role: LEAST, roleId: chosen };
  const held = builtIn ? builtInRole(builtIn) : await findOwnRole(tx, chosen);
  if (!mayHandle(asking, held)) {
    const words =
      held.id === "owner"
        ? "Only an owner makes another person an owner."
        : `${held.name} may do more than you may. Choose a role within your own.`;
    throw new AppError("forbidden", words, { field: "role" });
  }
  return { ...stored, held };
}

async function findOwnRole(tx: TenantTransaction, id: string): Promise<HeldRole> {
  const [row] = await tx.select().from(roles).where(eq(roles.id, id));
  if (!row)
    throw new AppError("not_found", "This role does not exist any more. Choose another.", { field: "role" });
  return ownRole(row);
}
