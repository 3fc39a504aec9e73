import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { DesktopList } from "#/components/sandbox/desktop-list.tsx";
import { SandboxBoard } from "#/components/sandbox/sandbox-board.tsx";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { readSettings } from "#/lib/integrations/connection-settings.ts";
import { readConnection } from "#/lib/integrations/find-connection.ts";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { startSandbox } from "./actions.ts";
import { otherPlatforms, sandboxDesktops } from "./desktops.ts";

export const metadata: Metadata = { title: "Sandbox" };

export default async function SandboxPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  if (webEnv().SANDBOX !== "on") notFound();
  const tenant = await requireTenant(slug, "sandbox:use");
  const [connections, desktops] = await Promise.all([
    genesysConnections(tenant.id),
    sandboxDesktops(tenant.id, slug),
  ]);
  return (
    <>
      <PageHeader
        title="Sandbox"
        hint="Play a platform: open its desktop, or start a demo call as from Genesys with an agent’s page beside it."
      />
      <div className="mb-6">
        <DesktopList slug={slug} desktops={desktops} others={otherPlatforms(desktops)} />
      </div>
      {connections.length > 0 ? (
        <SandboxBoard slug={slug} connections={connections} start={startSandbox.bind(null, slug)} />
      ) : (
        <EmptyState
          title="No Genesys connection yet"
          action={
            <Button asChild>
              <Link href={`/${slug}/integrations` as never}>Open Integrations</Link>
            </Button>
          }
        >
          The sandbox plays Genesys: connect Genesys first, and its calls can be tried here.
        </EmptyState>
      )}
    </>
  );
}

async function genesysConnections(tenantId: string) {
  const cards = (await listConnections(database(), tenantId)).filter(
    ({ platform }) => platform === "genesys",
  );
  const rows = await Promise.all(cards.map(({ id }) => readConnection(database(), tenantId, id)));
  return rows
    .flatMap((row) => row ?? [])
    .map(({ id, name, active, settings }) => ({
      id,
      name,
      active,
      queues: readSettings(settings).queues.map((queue) => ({ id: queue.id, name: queue.name ?? queue.id })),
    }));
}
