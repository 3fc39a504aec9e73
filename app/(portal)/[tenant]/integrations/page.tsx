import { ComparisonTable } from "#/components/integrations/comparison-table.tsx";
import { PlatformCard } from "#/components/integrations/platform-card.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { CATALOG } from "#/lib/connectors/catalog.ts";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { createConnectionAction } from "./actions.ts";

type IntegrationsPageProps = { params: Promise<{ tenant: string }> };

export const metadata = { title: "Integrations" };

export default async function IntegrationsPage({ params }: IntegrationsPageProps) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "integrations:read");
  const connections = await listConnections(database(), tenant.id);
  const create = may(tenant.role, "integrations:write") ? createConnectionAction.bind(null, slug) : undefined;
  const cards = CATALOG.map((manifest) => ({
    manifest,
    connections: connections.filter(({ platform }) => platform === manifest.id),
  }));
  const open = cards.filter(
    ({ manifest, connections }) => manifest.availability === "ready" || connections.length > 0,
  );
  const later = cards.filter((card) => !open.includes(card));
  const platform = (card: (typeof cards)[number]) => (
    <li key={card.manifest.id} className="flex [&>*]:flex-1">
      <PlatformCard
        {...card}
        base={`/${slug}/integrations`}
        create={create}
        sandbox={webEnv().SANDBOX === "on"}
      />
    </li>
  );

  return (
    <>
      <PageHeader title="Integrations" hint="The contact-center platforms that calls and chats come from." />
      <ul className="flex flex-col gap-3">{open.map(platform)}</ul>
      <ul className="mt-3 grid gap-3 sm:grid-cols-2 xl:grid-cols-4">{later.map(platform)}</ul>
      <h2 className="mt-8 mb-2 text-lg font-semibold">What each platform allows</h2>
      <ComparisonTable manifests={CATALOG} />
    </>
  );
}
