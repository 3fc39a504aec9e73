import { OriginsForm } from "#/components/settings/origins-form.tsx";
import { Section } from "#/components/settings/section.tsx";
import { Badge } from "#/components/ui/badge.tsx";
import { Card, CardHeader } from "#/components/ui/card.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { PlatformMark } from "#/components/ui/platform-mark.tsx";
import { type ConnectionOrigins, listOrigins } from "#/lib/integrations/list-origins.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { saveOriginsAction } from "./actions.ts";

export const metadata = { title: "Allowed origins" };

export default async function OriginsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "settings:read");
  const connections = await listOrigins(database(), tenant.id);
  const save = may(tenant.role, "integrations:write") ? saveOriginsAction.bind(null, slug) : undefined;

  return (
    <Section
      title="Allowed origins"
      hint="Pages that may show a connection's widget in a frame, besides the platform's own hosts. Browsers refuse every other page."
    >
      {connections.length > 0 ? (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          {connections.map((connection) => (
            <Card key={connection.id}>
              <CardHeader title={<ConnectionName connection={connection} />} />
              {save ? (
                <OriginsForm connectionId={connection.id} origins={connection.origins} save={save} />
              ) : (
                <p className="font-mono text-sm break-words">
                  {connection.origins.join(", ") || "The platform's own hosts only"}
                </p>
              )}
            </Card>
          ))}
        </div>
      ) : (
        <EmptyState title="No connections yet">
          Connect a platform under Integrations; where its widget may be shown is then set here.
        </EmptyState>
      )}
    </Section>
  );
}

function ConnectionName({ connection: { platform, name, active } }: { connection: ConnectionOrigins }) {
  return (
    <span className="flex items-center gap-2">
      <PlatformMark platform={platform} size={20} /> {name} {active ? null : <Badge>paused</Badge>}
    </span>
  );
}
