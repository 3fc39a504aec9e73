import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { SubscriptionState } from "#/lib/connectors/connector.ts";
import { connectorOf } from "#/lib/connectors/registry.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import { removeSubscriptionState, writeSubscriptionState } from "#/lib/health/subscription-states.ts";
import { type ServerNetwork, serverAccess } from "#/lib/integrations/server-access.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { PLATFORM_IDS } from "#/lib/kernel/platform-id.ts";
import { activeConnections } from "#/lib/leases/active-connections.ts";
import type { LeaseTimes } from "#/lib/leases/lease.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { createStreamAcceptor } from "#/lib/pipeline/accept-from-stream.ts";
import type { Producers } from "#/lib/queues/producers.ts";
import type { Publisher } from "#/lib/realtime/publisher.ts";
import { tellInterims } from "../runtime/tell-interims.ts";
import { holdSubscriptions } from "./hold-subscriptions.ts";
import { refreshQueuesDaily } from "./refresh-queues.ts";
import { findWanted } from "./wanted-subscription.ts";

export type SubscriptionsDeps = {
  db: Database;
  redis: Redis;
  producers: Pick<Producers, "announce">;
  /** For what is shown and not stored. */
  publisher?: Pick<Publisher, "ephemeral">;
  ring: KeyRing;
  network: ServerNetwork;
  log: Log;
  times?: LeaseTimes;
};

export type Subscriptions = {
  /** Says again how each held subscription does, so that the word does not expire. */
  beat(): Promise<void>;
  figures(): Record<string, number>;
  stop(): Promise<void>;
};

const SUBSCRIBING = PLATFORM_IDS.filter((platform) => connectorOf(platform).subscription);

/** Puts the holder together with storage, network and the health page's store. */
export function startSubscriptions(deps: SubscriptionsDeps): Subscriptions {
  const { db, redis, producers, network, log } = deps;
  const accept = createAcceptor(db, producers);
  const show = deps.publisher && tellInterims(deps.publisher);
  let delivered = 0;
  const changed = new Map<string, { state: SubscriptionState["state"]; since: number }>();
  const write = (connectionId: string, { state, fence }: { state: SubscriptionState; fence: number }) => {
    const at = Date.now();
    const known = changed.get(connectionId);
    // An attempt to connect in between is part of the same wait.
    const same = known && (known.state === "live") === (state.state === "live");
    const since = same ? known.since : at;
    changed.set(connectionId, { state: state.state, since });
    return writeSubscriptionState(redis, connectionId, { ...state, since, fence, at });
  };

  const holder = holdSubscriptions({
    db,
    log,
    times: deps.times,
    active: () => activeConnections(db, SUBSCRIBING),
    find: findWanted(deps),
    contextOf: ({ tenantId, connectionId }, lease, report) => ({
      access: serverAccess(network, connectionId),
      streams: createStreamAcceptor({ db, producers, lease, now: Date.now }),
      async deliver(messageId, payload) {
        const receivedAt = Date.now();
        await accept({ tenantId, connectionId, door: "subscription", messageId, payload, receivedAt });
        delivered += 1;
      },
      interim: (words) => show?.({ tenantId, connectionId }, words),
      report,
    }),
    // The health page's word only; the next beat says it again.
    onState: (connectionId, held) => void write(connectionId, held).catch(() => {}),
    onReleased: (connectionId, fence) => {
      changed.delete(connectionId);
      void removeSubscriptionState(redis, connectionId, fence).catch(() => {});
    },
  });
  const queues = refreshQueuesDaily({ ...deps, holder: randomUUID() });

  return {
    async beat() {
      for (const { connectionId, ...held } of holder.held()) await write(connectionId, held);
    },
    figures() {
      const held = holder.held();
      const live = held.filter(({ state }) => state.state === "live").length;
      return { subscriptions: held.length, live, delivered };
    },
    async stop() {
      queues.stop();
      await holder.stop();
    },
  };
}
