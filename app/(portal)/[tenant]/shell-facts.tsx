import type { ReactNode } from "react";
import { ServiceStatus } from "#/components/health/service-status.tsx";
import type { NavCounts } from "#/components/shell/side-nav.tsx";
import type { CommandGroup } from "#/components/ui/command-palette.tsx";
import { PlatformMark } from "#/components/ui/platform-mark.tsx";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { readHealth } from "./health/health-facts.ts";

type ShellFacts = { counts: NavCounts; status: ReactNode; commands: CommandGroup[] };

/** What the frame around the pages says: where someone must act, and where Ctrl+K can go. */
export async function readShell(tenant: TenantAccess): Promise<ShellFacts> {
  const [health, commands] = await Promise.all([
    may(tenant.role, "health:read") ? readHealth(tenant.id) : undefined,
    may(tenant.role, "integrations:read") ? connectionCommands(tenant) : [],
  ]);
  if (!health) return { counts: {}, status: null, commands };
  const { deadEvents, deadDeliveries } = health.trouble;
  const errors = health.problems.filter(({ severity }) => severity === "error").length;
  return {
    // What failed for good stands at the inspector; it is not counted twice.
    counts: { health: errors, events: deadEvents.count + deadDeliveries.count },
    status: <ServiceStatus href={`/${tenant.slug}/health`} problems={health.problems} />,
    commands,
  };
}

async function connectionCommands(tenant: TenantAccess): Promise<CommandGroup[]> {
  const connections = await listConnections(database(), tenant.id);
  if (connections.length === 0) return [];
  const items = connections.map(({ id, name, platform }) => ({
    id,
    label: name,
    hint: "Connection",
    href: `/${tenant.slug}/integrations/${id}`,
    icon: <PlatformMark platform={platform} size={16} />,
  }));
  return [{ heading: "Connections", items }];
}
