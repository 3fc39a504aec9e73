import { randomUUID } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import * as z from "zod";
import { ROLES } from "#/drizzle/schema/members.ts";
import { roles } from "#/drizzle/schema/roles.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { audit } from "./audit.ts";
import { ALL_PERMISSIONS, type Asking, builtInRole, may, mayHandle, ownRole } from "./permissions.ts";

const permission = z.enum(ALL_PERMISSIONS);

export const roleFormSchema = z.object({
  id: z.union([z.uuid(), z.literal("").transform(() => undefined)]).optional(),
  name: z.string().trim().min(1, "Give it a name.").max(60, "60 characters at most."),
  permissions: z
    .union([z.array(permission), permission.transform((one) => [one])], "Choose what this role may do.")
    .default([]),
});

export type RoleForm = z.output<typeof roleFormSchema>;

/** Makes or changes a role of the tenant's own, within what the person who asks may do; answers its id. */
export async function saveRole(db: Database, asking: Asking, form: RoleForm): Promise<string> {
  const refused = form.permissions.filter((one) => !may(asking.role, one));
  if (refused.length > 0)
    throw new AppError("forbidden", `Your own role does not hold ${refused.join(", ")}.`, {
      field: "permissions",
    });
  return withTenant(db, asking.tenantId, async (tx) => {
    const id = form.id ?? randomUUID();
    await refuseTakenName(tx, id, form.name);
    const fields = { name: form.name, permissions: form.permissions };
    if (form.id) {
      await refuseGreater(tx, asking, form.id);
      await tx.update(roles).set(fields).where(eq(roles.id, id));
    } else await tx.insert(roles).values({ id, tenantId: asking.tenantId, ...fields });
    await audit(tx, asking, {
      action: "role.saved",
      target: id,
      detail: { name: form.name, permissions: form.permissions.join(", ") || "none" },
    });
    return id;
  });
}

/** A role that may do more than the person who asks is not theirs to change. */
export async function refuseGreater(tx: TenantTransaction, asking: Asking, id: string): Promise<string> {
  const [row] = await tx.select().from(roles).where(eq(roles.id, id)).for("update");
  if (!row) throw new AppError("not_found", "This role does not exist any more. Reload the page.");
  if (!mayHandle(asking.role, ownRole(row)))
    throw new AppError("forbidden", "This role may do more than you may: ask an owner.");
  return row.name;
}

async function refuseTakenName(tx: TenantTransaction, id: string, name: string): Promise<void> {
  const builtIn = ROLES.some((role) => builtInRole(role).name.toLowerCase() === name.toLowerCase());
  const [other] = await tx
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.name, name), ne(roles.id, id)));
  if (builtIn || other)
    throw new AppError("conflict", `There is a role named "${name}" already.`, { field: "name" });
}
