import { and, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { invitations } from "#/drizzle/schema/invitations.ts";
import { members } from "#/drizzle/schema/members.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import { audit } from "./audit.ts";
import { newInvitationToken } from "./invitation-token.ts";
import type { Asking } from "./permissions.ts";
import { readPeople } from "./read-people.ts";
import { chosenRole } from "./resolve-role.ts";

export const INVITATION_DAYS = 7;

export const invitationFormSchema = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email("Enter the person's e-mail address, such as ana@example.com.").max(320)),
  role: z.string().min(1, "Choose a role."),
});

export type InvitationForm = z.output<typeof invitationFormSchema>;

export type Invitation = { id: string; token: string; expiresAt: Date };

/** Invites a person by a link that counts once. An open invitation of the same address ends: one link at a time. */
export function inviteMember(
  { db, clock }: { db: Database; clock: Clock },
  asking: Asking,
  form: InvitationForm,
): Promise<Invitation> {
  const { token, hash } = newInvitationToken();
  const expiresAt = new Date(clock() + INVITATION_DAYS * 24 * 60 * 60 * 1000);
  return withTenant(db, asking.tenantId, async (tx) => {
    const { role, roleId, held } = await chosenRole(tx, asking.role, form.role);
    await refuseMember(tx, form.email);
    await tx
      .update(invitations)
      .set({ revokedAt: new Date(clock()) })
      .where(
        and(eq(invitations.email, form.email), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)),
      );
    const [row] = await tx
      .insert(invitations)
      .values({
        tenantId: asking.tenantId,
        email: form.email,
        role,
        roleId,
        tokenHash: hash,
        invitedBy: asking.userId,
        expiresAt,
      })
      .returning({ id: invitations.id });
    if (!row) throw new Error("an insert returned no row");
    await audit(tx, asking, {
      action: "member.invited",
      target: form.email,
      detail: { email: form.email, role: held.name, expires: expiresAt.toISOString() },
    });
    return { id: row.id, token, expiresAt };
  });
}

async function refuseMember(tx: TenantTransaction, email: string): Promise<void> {
  const rows = await tx.select({ userId: members.userId }).from(members);
  const people = await readPeople(
    tx,
    rows.map(({ userId }) => userId),
  );
  const taken = [...people.values()].some((person) => person.email === email);
  if (taken)
    throw new AppError("conflict", "This person is a member already: change their role in the list.", {
      field: "email",
    });
}
