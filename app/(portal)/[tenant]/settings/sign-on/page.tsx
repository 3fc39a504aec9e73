import { Section } from "#/components/settings/section.tsx";
import { SignOnForm } from "#/components/settings/sign-on-form.tsx";
import { Card, Facts } from "#/components/ui/card.tsx";
import { CopyText } from "#/components/ui/copy-button.tsx";
import { listRoles, type RoleRow } from "#/lib/tenancy/list-roles.ts";
import { may, mayHandle } from "#/lib/tenancy/permissions.ts";
import { readSignInSettings, type SignInSettings } from "#/lib/tenancy/sign-in-settings.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { offeredProviders } from "#/lib/web/single-sign-on.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { saveSignOnAction } from "./actions.ts";

export const metadata = { title: "Single sign-on" };

export default async function SignOnPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "settings:read");
  const [settings, roles] = await Promise.all([
    readSignInSettings(database(), tenant.id),
    listRoles(database(), tenant.id),
  ]);
  const offered = offeredProviders().map(({ id }) => id);
  const choices = roles
    .filter((role) => role.id !== "owner" && mayHandle(tenant.role, role))
    .map(({ id, name }) => ({ value: id, label: `Becomes: ${name}` }));
  const portal = webEnv().NEXTAUTH_URL.replace(/\/$/, "");

  return (
    <>
      <Section
        title="Single sign-on"
        hint="Let your directory decide who signs in. A session that began there opens only tenants that name the same directory and domain."
      >
        {may(tenant.role, "settings:write") ? (
          <SignOnForm
            settings={settings}
            roles={choices}
            offered={{ google: offered.includes("google"), microsoft: offered.includes("microsoft") }}
            save={saveSignOnAction.bind(null, slug)}
          />
        ) : (
          <Card>
            <Facts items={facts(settings, roles)} />
          </Card>
        )}
      </Section>
      <Section
        title="For the operator"
        hint="Redirect addresses to register with each provider when this installation is set up."
      >
        <Card>
          <Facts
            items={[
              {
                term: "Google",
                value: (
                  <CopyText
                    text={`${portal}/api/auth/callback/google`}
                    label="Copy Google's redirect address"
                  />
                ),
              },
              {
                term: "Microsoft",
                value: (
                  <CopyText
                    text={`${portal}/api/auth/callback/microsoft`}
                    label="Copy Microsoft's redirect address"
                  />
                ),
              },
            ]}
          />
        </Card>
      </Section>
    </>
  );
}

function facts(settings: SignInSettings, roles: readonly RoleRow[]) {
  const joins = roles.find(({ id }) => id === settings.joinRole);
  return [
    { term: "E-mail domains", value: settings.domains.join(", ") || "none" },
    { term: "Google", value: settings.google ? "on" : "off" },
    { term: "Microsoft directories", value: settings.microsoftDirectories.join(", ") || "none" },
    { term: "First sign-in", value: joins ? `becomes ${joins.name}` : "only by invitation" },
    { term: "Passwords", value: settings.passwords ? "on" : "off" },
  ];
}
