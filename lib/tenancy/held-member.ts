import { and, eq, isNull } from "drizzle-orm";
import { invitations } from "#/drizzle/schema/invitations.ts";
import { members } from "#/drizzle/schema/members.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type HeldRole, mayHandle } from "./permissions.ts";
import { heldRoleOf } from "./resolve-role.ts";

/** A member's role now, for one who may change it; the owners' rows are locked, so that two cannot leave at once. */
export async function heldByMember(
  tx: TenantTransaction,
  asking: HeldRole,
  userId: string,
): Promise<HeldRole> {
  await tx.select({ userId: members.userId }).from(members).where(eq(members.role, "owner")).for("update");
  const [row] = await tx.select().from(members).where(eq(members.userId, userId));
  if (!row) throw new AppError("not_found", "This person is no member any more. Reload the page.");
  const held = await heldRoleOf(tx, row);
  if (!mayHandle(asking, held))
    throw new AppError("forbidden", "This person may do more than you may: ask an owner.");
  return held;
}

/** Throws where an owner would be the last one to go: a tenant without an owner could never have one again. */
export async function refuseLastOwner(tx: TenantTransaction, held: HeldRole): Promise<void> {
  if (held.id !== "owner") return;
  const owners = await tx.select({ userId: members.userId }).from(members).where(eq(members.role, "owner"));
  if (owners.length > 1) return;
  throw new AppError("conflict", "This is the last owner. Make another person an owner first.", {
    field: "role",
  });
}

/** Links that a person handed out end when that person may hand out less than before. */
export async function endInvitationsBy(tx: TenantTransaction, userId: string): Promise<void> {
  await tx
    .update(invitations)
    .set({ revokedAt: new Date() })
    .where(
      and(eq(invitations.invitedBy, userId), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)),
    );
}
