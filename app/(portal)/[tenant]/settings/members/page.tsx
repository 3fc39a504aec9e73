import { InvitationTable } from "#/components/settings/invitation-table.tsx";
import { InviteDialog } from "#/components/settings/invite-dialog.tsx";
import { MemberTable } from "#/components/settings/member-table.tsx";
import { Section } from "#/components/settings/section.tsx";
import { INVITATION_DAYS } from "#/lib/tenancy/invite-member.ts";
import { listMembers } from "#/lib/tenancy/list-members.ts";
import { listRoles } from "#/lib/tenancy/list-roles.ts";
import { may, mayHandle } from "#/lib/tenancy/permissions.ts";
import { readSignInSettings } from "#/lib/tenancy/sign-in-settings.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { changeRoleAction, inviteAction, removeMemberAction, revokeInvitationAction } from "./actions.ts";

export const metadata = { title: "Members" };

export default async function MembersPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "settings:read");
  const db = database();
  const [{ members, invitations }, roles, signIn] = await Promise.all([
    listMembers(db, tenant.id),
    listRoles(db, tenant.id),
    readSignInSettings(db, tenant.id),
  ]);
  const mayWrite = may(tenant.role, "members:write");
  const handled = roles.filter((role) => mayHandle(tenant.role, role));
  const choices = handled.map(({ id, name }) => ({ value: id, label: name }));

  return (
    <>
      <Section
        title="Members"
        hint="People who sign in to this portal. Agents who only use the widget need no membership: their platform vouches for them."
        actions={
          mayWrite ? (
            <InviteDialog roles={choices} days={INVITATION_DAYS} invite={inviteAction.bind(null, slug)} />
          ) : undefined
        }
      >
        <MemberTable
          members={members}
          self={tenant.userId}
          roles={choices}
          handles={mayWrite ? handled.map(({ id }) => id) : undefined}
          autoJoin={signIn.joinRole !== undefined}
          changeRole={changeRoleAction.bind(null, slug)}
          remove={removeMemberAction.bind(null, slug)}
        />
      </Section>
      {invitations.length > 0 ? (
        <Section title="Open invitations" hint="Links that were made and not used yet.">
          <InvitationTable
            invitations={invitations}
            revoke={mayWrite ? revokeInvitationAction.bind(null, slug) : undefined}
          />
        </Section>
      ) : null}
    </>
  );
}
