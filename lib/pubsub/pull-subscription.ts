import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PubSubApi, ReceivedMessage } from "./pubsub-api.ts";

export type PullState = {
  state: "connecting" | "live" | "waiting";
  detail?: string;
  lastMessageAt?: number;
  lagMs?: number;
  reconnects: number;
};

export type PullDeps = {
  api: PubSubApi;
  subscription: string;
  /** Resolves once the message is stored for good; a rejection gives it back to Pub/Sub. */
  take(message: ReceivedMessage["message"]): Promise<void>;
  report(state: PullState): void;
  now(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Messages that are taken and not yet stored, at most. */
  most?: number;
};

/** Contract section 1.3: 20 to 100 are plenty, and what we hold is lost time for every other process. */
const MOST_AT_ONCE = 50;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Pulls until the signal aborts. No more is asked for than is free, so that messages wait at Google and not here;
 * each is acknowledged after it is stored, never before. A call that fails is tried again after a growing pause;
 * a refusal ends it.
 */
export async function pullSubscription(deps: PullDeps, signal: AbortSignal): Promise<void> {
  const { api, subscription, report, now, most = MOST_AT_ONCE } = deps;
  let state: PullState = { state: "connecting", reconnects: 0 };
  const tell = (change: Partial<PullState>) => {
    state = { ...state, ...change };
    report(state);
  };
  tell({});
  let failures = 0;
  while (!signal.aborted) {
    try {
      const received = await api.pull(subscription, most, signal);
      failures = 0;
      if (state.state !== "live") tell({ state: "live", detail: undefined });
      if (received.length === 0) continue;
      await takeAll(deps, received);
      tell(seen(received, now()));
    } catch (error) {
      if (signal.aborted) return;
      // The long wait of an empty subscription may end without an answer.
      if (!isAppError(error) || !error.retryable) throw error;
      failures += 1;
      tell({ state: "waiting", detail: error.message, reconnects: state.reconnects + 1 });
      await deps
        .wait(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** Math.min(failures, 6)), signal)
        .catch(() => undefined);
    }
  }
}

async function takeAll(
  { api, subscription, take }: PullDeps,
  received: readonly ReceivedMessage[],
): Promise<void> {
  const outcomes = await takeInOrder(received, take);
  const idsWhere = (status: "fulfilled" | "rejected") =>
    received.filter((_, index) => outcomes[index]?.status === status).map(({ ackId }) => ackId);
  const [stored, lost] = [idsWhere("fulfilled"), idsWhere("rejected")];
  // An acknowledgement that gets lost brings the message once more, and its id is known by then.
  if (stored.length > 0) await api.acknowledge(subscription, stored);
  if (lost.length === 0) return;
  await api.modifyAckDeadline(subscription, lost, 0);
  const [failure] = outcomes.filter((outcome) => outcome.status === "rejected");
  throw failure?.reason;
}

/**
 * Messages of one ordering key one after the other: behind one that was not stored, none of its key is, because Pub/Sub
 * brings all of them again from there. Everything else side by side.
 */
function takeInOrder(
  received: readonly ReceivedMessage[],
  take: PullDeps["take"],
): Promise<PromiseSettledResult<void>[]> {
  const before = new Map<string, Promise<void>>();
  return Promise.allSettled(
    received.map(({ message }) => {
      const { orderingKey } = message;
      if (!orderingKey) return take(message);
      const taken = (before.get(orderingKey) ?? Promise.resolve()).then(() => take(message));
      before.set(orderingKey, taken);
      return taken;
    }),
  );
}

function seen(received: readonly ReceivedMessage[], nowMs: number): Partial<PullState> {
  const published = Date.parse(received.at(-1)?.message.publishTime ?? "");
  const lag = Number.isNaN(published) ? {} : { lagMs: Math.max(0, nowMs - published) };
  return { lastMessageAt: nowMs, ...lag };
}
