import { connectorOf } from "#/lib/connectors/registry.ts";
import { readSettings } from "#/lib/integrations/connection-settings.ts";
import { readConnection } from "#/lib/integrations/find-connection.ts";
import { type SyncQueuesDeps, syncQueues } from "#/lib/integrations/sync-queues.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { PLATFORM_IDS } from "#/lib/kernel/platform-id.ts";
import { type ActiveConnection, activeConnections } from "#/lib/leases/active-connections.ts";
import { takeLease } from "#/lib/leases/lease.ts";

const LOOK_MS = 600_000;
const DAY_MS = 86_400_000;
const CALL_LIMIT_MS = 120_000;

/** Those whose platform lists its queues. */
export const LISTING_PLATFORMS = PLATFORM_IDS.filter((platform) => connectorOf(platform).listQueues);

/** Lists each connection's queues once a day, whichever process comes to it first. */
export function refreshQueuesDaily(
  deps: SyncQueuesDeps & { log: Log; holder: string },
  lookMs = LOOK_MS,
): { stop(): void; look(): Promise<void> } {
  const stopping = new AbortController();

  const refresh = async (connection: ActiveConnection) => {
    const { tenantId, connectionId } = connection;
    if (!(await isDue(deps, connection))) return;
    const lease = await takeLease(
      deps.db,
      { name: `queues/${connectionId}`, tenantId, connectionId },
      deps.holder,
    );
    if (!lease) return;
    try {
      const signal = AbortSignal.any([stopping.signal, lease.signal, AbortSignal.timeout(CALL_LIMIT_MS)]);
      if (await isDue(deps, connection)) await syncQueues(deps, tenantId, connectionId, signal);
    } finally {
      await lease.free();
    }
  };

  const look = async () => {
    for (const connection of await activeConnections(deps.db, LISTING_PLATFORMS)) {
      if (stopping.signal.aborted) return;
      await refresh(connection).catch((err: unknown) => {
        // One that is not set up yet is the ordinary case.
        if (isAppError(err) && (err.code === "conflict" || err.code === "invalid_input")) return;
        deps.log.warn({ err, connectionId: connection.connectionId }, "queues not listed");
      });
    }
  };
  const run = () => void look().catch((err: unknown) => deps.log.warn({ err }, "queues not looked at"));
  const timer = setInterval(run, lookMs);
  run();
  return {
    look,
    stop() {
      clearInterval(timer);
      stopping.abort();
    },
  };
}

async function isDue(deps: SyncQueuesDeps, { tenantId, connectionId }: ActiveConnection): Promise<boolean> {
  const row = await readConnection(deps.db, tenantId, connectionId);
  if (!row?.active) return false;
  const { clientId, queuesListedAt } = readSettings(row.settings);
  if (!clientId) return false;
  const now = (deps.now ?? Date.now)();
  return queuesListedAt === undefined || now - Date.parse(queuesListedAt) >= DAY_MS;
}
