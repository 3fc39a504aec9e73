import { eq } from "drizzle-orm";
import { members } from "#/drizzle/schema/members.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { audit } from "./audit.ts";
import { endInvitationsBy, heldByMember, refuseLastOwner } from "./held-member.ts";
import type { Asking } from "./permissions.ts";
import { readPeople } from "./read-people.ts";

/** Takes a person out of the tenant; their next click finds nothing. Their account and what they did stay. */
export function removeMember(db: Database, asking: Asking, userId: string): Promise<void> {
  return withTenant(db, asking.tenantId, async (tx) => {
    const held = await heldByMember(tx, asking.role, userId);
    await refuseLastOwner(tx, held);
    const person = (await readPeople(tx, [userId])).get(userId);
    await endInvitationsBy(tx, userId);
    await tx.delete(members).where(eq(members.userId, userId));
    await audit(tx, asking, {
      action: "member.removed",
      target: userId,
      detail: { email: person?.email ?? "", role: held.name },
    });
  });
}
