import type { ReactNode } from "react";
import { ConnectionHealthStrip } from "#/components/integrations/connection-health.tsx";
import { ConnectionState } from "#/components/integrations/connection-state.tsx";
import { LinkTabs } from "#/components/ui/link-tabs.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { readConnectionHealth } from "#/lib/integrations/read-connection-health.ts";
import { database } from "#/lib/web/database.ts";
import { type ConnectionParams, connectionOf } from "./connection.ts";

export async function generateMetadata({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  return { title: (await connectionOf(slug, id)).connection.name };
}

export default async function ConnectionLayout({
  children,
  params,
}: ConnectionParams & { children: ReactNode }) {
  const { tenant: slug, connection: id } = await params;
  const { tenant, connection, mayWrite } = await connectionOf(slug, id);
  const health = await readConnectionHealth(database(), tenant.id, id);
  const { summary, matchesAgents } = manifestOf(connection.platform);
  const { organizationName } = connection.settings;
  const base = `/${slug}/integrations/${id}`;
  const tabs = [
    { href: base, label: "Set up" },
    { href: `${base}/test`, label: "Test" },
    { href: `${base}/activity`, label: "Activity" },
    { href: `${base}/deploy`, label: "Deploy" },
    ...(matchesAgents ? [{ href: `${base}/agents`, label: "Agents" }] : []),
    ...(mayWrite ? [{ href: `${base}/danger`, label: "Danger" }] : []),
  ];
  return (
    <>
      <PageHeader
        title={connection.name}
        badge={<ConnectionState connection={{ ...connection, dead: health.dead }} />}
        hint={organizationName ? `${organizationName}. ${summary}` : summary}
        trail={[{ label: "Integrations", href: `/${slug}/integrations` }]}
      />
      <ConnectionHealthStrip health={health} eventsPath={`/${slug}/events`} />
      <LinkTabs label="Connection" tabs={tabs} />
      {children}
    </>
  );
}
