import { and, eq, isNull } from "drizzle-orm";
import { invitations } from "#/drizzle/schema/invitations.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "./audit.ts";

/** Ends an open invitation: its link counts no more. */
export function revokeInvitation(db: Database, actor: Actor, invitationId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [row] = await tx
      .update(invitations)
      .set({ revokedAt: new Date() })
      .where(
        and(eq(invitations.id, invitationId), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)),
      )
      .returning({ email: invitations.email });
    if (!row)
      throw new AppError("not_found", "This invitation was accepted or revoked already. Reload the page.");
    await audit(tx, actor, { action: "invitation.revoked", target: row.email, detail: row });
  });
}
