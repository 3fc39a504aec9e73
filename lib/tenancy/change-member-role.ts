import { eq } from "drizzle-orm";
import * as z from "zod";
import { members } from "#/drizzle/schema/members.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { audit } from "./audit.ts";
import { endInvitationsBy, heldByMember, refuseLastOwner } from "./held-member.ts";
import { type Asking, mayHandle } from "./permissions.ts";
import { readPeople } from "./read-people.ts";
import { chosenRole } from "./resolve-role.ts";

export const memberRoleSchema = z.object({ userId: z.uuid(), role: z.string().min(1, "Choose a role.") });

/** Gives a member another role; it counts from that person's next click. */
export function changeMemberRole(
  db: Database,
  asking: Asking,
  change: z.output<typeof memberRoleSchema>,
): Promise<void> {
  return withTenant(db, asking.tenantId, async (tx) => {
    const before = await heldByMember(tx, asking.role, change.userId);
    const { held, ...stored } = await chosenRole(tx, asking.role, change.role);
    if (held.id === before.id) return;
    await refuseLastOwner(tx, before);
    await tx.update(members).set(stored).where(eq(members.userId, change.userId));
    if (!mayHandle(held, before)) await endInvitationsBy(tx, change.userId);
    const person = (await readPeople(tx, [change.userId])).get(change.userId);
    await audit(tx, asking, {
      action: "member.role",
      target: change.userId,
      detail: { email: person?.email ?? "", from: before.name, to: held.name },
    });
  });
}
