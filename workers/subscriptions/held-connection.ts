import { setTimeout as sleep } from "node:timers/promises";
import type { SubscriptionContext, SubscriptionState } from "#/lib/connectors/connector.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { ActiveConnection } from "#/lib/leases/active-connections.ts";
import type { Lease } from "#/lib/leases/lease.ts";
import type { WantedSubscription } from "./wanted-subscription.ts";

const LONGEST_PAUSE_MS = 30_000;
/** A hold that lasted as long as this was no failure to begin. */
const GOOD_HOLD_MS = 60_000;

export type HeldConnection = {
  version: string;
  fence: number;
  state(): SubscriptionState;
  /** Lets the stream and then the lease go. */
  release(): Promise<void>;
  /** Resolves when it is over, by a release or because the lease was lost. */
  over: Promise<void>;
};

export type HoldDeps = {
  log: Log;
  contextOf(
    connection: ActiveConnection,
    lease: Lease,
    report: (state: SubscriptionState) => void,
  ): SubscriptionContext;
  /** Told of each change of state. */
  onState(connectionId: string, held: { state: SubscriptionState; fence: number }): void;
};

/** Runs a connection's subscription for as long as this process has its lease; what fails is begun again after a pause. */
export function holdConnection(
  deps: HoldDeps,
  connection: ActiveConnection,
  wanted: WantedSubscription,
  lease: Lease,
): HeldConnection {
  const { connectionId, platform } = connection;
  const log = deps.log.child({ connectionId, platform, fence: lease.fence });
  const releasing = new AbortController();
  const signal = AbortSignal.any([releasing.signal, lease.signal]);
  let current: SubscriptionState = { state: "connecting", reconnects: 0 };
  const report = (state: SubscriptionState) => {
    current = state;
    if (!signal.aborted) deps.onState(connectionId, { state, fence: lease.fence });
  };

  const run = async () => {
    for (let failures = 0; !signal.aborted; ) {
      const startedAt = performance.now();
      try {
        await wanted.hold(deps.contextOf(connection, lease, report), signal);
      } catch (error) {
        if (signal.aborted) break;
        log.warn({ err: error }, "subscription failed");
        report({ ...current, state: "waiting", detail: wordsOf(error) });
      }
      failures = performance.now() - startedAt > GOOD_HOLD_MS ? 0 : failures + 1;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** Math.min(failures, 5));
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
    log.info(lease.signal.aborted && !releasing.signal.aborted ? "lease lost" : "subscription released");
    await lease.free();
  };

  log.info("subscription taken");
  const over = run();
  return {
    version: wanted.version,
    fence: lease.fence,
    state: () => current,
    over,
    release() {
      releasing.abort();
      return over;
    },
  };
}

function wordsOf(error: unknown): string {
  return isAppError(error)
    ? error.message
    : "The subscription failed for a reason that is not known; see the log.";
}
