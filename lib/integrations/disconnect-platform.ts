import { connectorOf } from "#/lib/connectors/registry.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { valuesOf } from "./connection-values.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { readConnection } from "./find-connection.ts";
import { type ServerNetwork, serverAccess } from "./server-access.ts";

const LIMIT_MS = 10_000;

/**
 * Takes back what the connection has set up on its platform, before it is deleted. A platform that cannot be reached,
 * or that has withdrawn the credentials, must not keep the tenant from disconnecting: it is noted and no more.
 */
export async function disconnectPlatform(
  deps: IntegrationDeps & { network: ServerNetwork; log: Log },
  place: { tenantId: string; connectionId: string; name: string },
): Promise<void> {
  const connection = await readConnection(deps.db, place.tenantId, place.connectionId);
  // The deletion that follows refuses a wrong name; nothing is taken back for it.
  if (connection?.name !== place.name) return;
  const { credentials, disconnect } = connectorOf(connection.platform);
  const own = disconnect && credentials.safeParse(valuesOf(connection, deps.ring));
  if (!disconnect || !own?.success) return;
  try {
    const access = serverAccess(deps.network, connection.id);
    await disconnect(own.data, access, AbortSignal.timeout(LIMIT_MS));
  } catch (err) {
    deps.log.warn({ err, connectionId: connection.id }, "the platform's side was not taken back");
  }
}
