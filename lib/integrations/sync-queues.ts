import { connectorOf } from "#/lib/connectors/registry.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import { valuesOf } from "./connection-values.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { readConnection } from "./find-connection.ts";
import { type QueueChanges, saveQueues } from "./save-queues.ts";
import { type ServerNetwork, serverAccess } from "./server-access.ts";

export type SyncQueuesDeps = IntegrationDeps & { network: ServerNetwork; now?: () => number };

/**
 * Lists a connection's queues by its platform and keeps the list. Throws `conflict` where the platform lists none or
 * the connection is not set up for it, and what the platform's connector throws.
 */
export async function syncQueues(
  deps: SyncQueuesDeps,
  tenantId: string,
  connectionId: string,
  signal: AbortSignal,
): Promise<QueueChanges> {
  const connection = await readConnection(deps.db, tenantId, connectionId);
  if (!connection) throw new AppError("not_found", "This connection does not exist any more.");
  const { credentials, listQueues, manifest } = connectorOf(connection.platform);
  if (!listQueues) throw new AppError("conflict", `${manifest.label} does not list its queues.`);
  const own = parse(credentials, valuesOf(connection, deps.ring));
  const queues = await listQueues(own, serverAccess(deps.network, connectionId), signal);
  const nowMs = (deps.now ?? Date.now)();
  return withTenant(deps.db, tenantId, (tx) => saveQueues(tx, { tenantId, connectionId }, queues, nowMs));
}
