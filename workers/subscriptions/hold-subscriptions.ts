import { randomUUID } from "node:crypto";
import type { SubscriptionState } from "#/lib/connectors/connector.ts";
import type { Database } from "#/lib/db/database.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { ActiveConnection } from "#/lib/leases/active-connections.ts";
import { LEASE_TIMES, type LeaseTimes, takeLease } from "#/lib/leases/lease.ts";
import { type HeldConnection, type HoldDeps, holdConnection } from "./held-connection.ts";
import type { FindWanted, WantedSubscription } from "./wanted-subscription.ts";

const LOOK_MS = 1_000;
/** What an admin changes holds after this at the latest; a read of each connection costs a transaction. */
const FRESH_MS = 3_000;

export type HolderDeps = HoldDeps & {
  db: Database;
  log: Log;
  active(): Promise<ActiveConnection[]>;
  find: FindWanted;
  onReleased(connectionId: string, fence: number): void;
  times?: LeaseTimes;
  lookMs?: number;
};

export type SubscriptionHolder = {
  held(): { connectionId: string; state: SubscriptionState; fence: number }[];
  /** Lets everything go, so that other processes can take it over at once. */
  stop(): Promise<void>;
};

type Known = { readAt: number; wanted: WantedSubscription | undefined };

/** Looks again and again which connections want a subscription, and holds those whose lease nobody else has. */
export function holdSubscriptions(deps: HolderDeps): SubscriptionHolder {
  const holder = randomUUID();
  const held = new Map<string, HeldConnection>();
  const known = new Map<string, Known>();
  let stopping = false;
  let looking: Promise<void> = Promise.resolve();

  const wantedOf = async (connection: ActiveConnection): Promise<WantedSubscription | undefined> => {
    const last = known.get(connection.connectionId);
    if (last && performance.now() - last.readAt < FRESH_MS) return last.wanted;
    const wanted = await deps.find(connection);
    known.set(connection.connectionId, { readAt: performance.now(), wanted });
    return wanted;
  };

  const begin = async (connection: ActiveConnection, wanted: WantedSubscription) => {
    const { connectionId, tenantId } = connection;
    const name = `subscription/${connectionId}`;
    const lease = await takeLease(
      deps.db,
      { name, tenantId, connectionId },
      holder,
      deps.times ?? LEASE_TIMES,
    );
    if (!lease) return;
    if (stopping) return lease.free();
    const own = holdConnection(deps, connection, wanted, lease);
    held.set(connectionId, own);
    void own.over.then(() => {
      if (held.get(connectionId) === own) held.delete(connectionId);
      deps.onReleased(connectionId, own.fence);
    });
  };

  const settle = async (connection: ActiveConnection) => {
    const wanted = await wantedOf(connection);
    const own = held.get(connection.connectionId);
    if (own && own.version !== wanted?.version) await own.release();
    if (wanted && !held.has(connection.connectionId) && !stopping) await begin(connection, wanted);
  };

  const look = async () => {
    const active = await deps.active();
    const ids = new Set(active.map(({ connectionId }) => connectionId));
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    const gone = [...held].filter(([id]) => !ids.has(id)).map(([, own]) => own.release());
    const settled = active.map((connection) =>
      settle(connection).catch((err: unknown) =>
        deps.log.warn({ err, connectionId: connection.connectionId }, "connection not looked at"),
      ),
    );
    await Promise.all([...gone, ...settled]);
  };

  const timer = setInterval(() => {
    looking = looking
      .then(() => (stopping ? undefined : look()))
      .catch((err: unknown) => {
        deps.log.warn({ err }, "connections not looked at");
      });
  }, deps.lookMs ?? LOOK_MS);

  return {
    held: () =>
      [...held].map(([connectionId, own]) => ({ connectionId, state: own.state(), fence: own.fence })),
    async stop() {
      stopping = true;
      clearInterval(timer);
      await looking;
      await Promise.all([...held.values()].map((own) => own.release()));
    },
  };
}
