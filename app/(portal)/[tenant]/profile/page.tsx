import { EndSessions, NameForm, PasswordForm } from "#/components/settings/profile-forms.tsx";
import { Section } from "#/components/settings/section.tsx";
import { Card, Facts } from "#/components/ui/card.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { requireTenant, requireUser } from "#/lib/web/require-tenant.ts";
import { changePasswordAction, endSessionsAction, renameAction } from "./actions.ts";

export const metadata = { title: "Your account" };

const ORIGINS = { password: "e-mail and password", google: "Google", microsoft: "Microsoft" } as const;

export default async function ProfilePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const [tenant, user] = await Promise.all([requireTenant(slug), requireUser()]);
  return (
    <>
      <PageHeader title="Your account" hint="The same in every tenant that you belong to." />
      <div className="max-w-2xl">
        <Section title="You">
          <Card>
            <div className="mb-4">
              <Facts
                items={[
                  { term: "E-mail", value: user.email },
                  { term: `Role in ${tenant.name}`, value: tenant.role.name },
                  { term: "Signed in by", value: ORIGINS[user.origin.provider] },
                ]}
              />
            </div>
            <NameForm name={user.name} save={renameAction} />
          </Card>
        </Section>
        <Section
          title="Password"
          hint={
            user.hasPassword
              ? "A new one ends every session that you have elsewhere."
              : "This account has none: your directory decides who signs in as you."
          }
        >
          {user.hasPassword ? (
            <Card>
              <PasswordForm email={user.email} save={changePasswordAction} />
            </Card>
          ) : null}
        </Section>
        <Section
          title="Sessions"
          hint="Sign out in every browser at once, this one too: when a device was lost, or you forgot to sign out."
        >
          <EndSessions end={endSessionsAction} />
        </Section>
      </div>
    </>
  );
}
