import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { Accept } from "#/lib/pipeline/accept-delivery.ts";
import { answered, ensureSubscription } from "#/lib/pubsub/ensure-subscription.ts";
import type { PubSubApi } from "#/lib/pubsub/pubsub-api.ts";
import { type PullState, pullSubscription } from "#/lib/pubsub/pull-subscription.ts";
import { fromBus } from "./bus-message.ts";

export type TakeTranscriptsDeps = {
  api: PubSubApi;
  topic: string;
  subscription: string;
  /** The ordinary way into the pipeline: it knows a message that came before. */
  accept: Accept;
  log: Log;
  report(state: PullState): void;
  now(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};

const PAUSE_MS = 5_000;

/**
 * The taking end of the bus, until the signal aborts. Any number of processes may take from one subscription. A message
 * is acknowledged once it is stored; what nobody can ever store is acknowledged too, or it would come for days.
 */
export async function takeTranscripts(deps: TakeTranscriptsDeps, signal: AbortSignal): Promise<void> {
  const { api, subscription, log, report, now, wait } = deps;
  const take = (message: Parameters<typeof fromBus>[0]) => takeOne(deps, message);
  while (!signal.aborted) {
    try {
      await ensureOwn(deps, signal);
      await pullSubscription({ api, subscription, take, report, now, wait }, signal);
    } catch (err) {
      if (signal.aborted) return;
      log.error({ err }, "the transcript bus cannot be read");
      const detail = isAppError(err) ? err.message : "The bus cannot be read; see the log.";
      report({ state: "waiting", detail, reconnects: 0 });
      await wait(PAUSE_MS, signal).catch(() => {});
    }
  }
}

/** Made with ordering, which Pub/Sub allows only when a subscription is made. Who may not make one uses the given. */
async function ensureOwn(
  { api, topic, subscription, log }: TakeTranscriptsDeps,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { subscription: found } = await ensureSubscription(
      api,
      subscription,
      { topic, ordered: true },
      signal,
    );
    if (found.enableMessageOrdering !== true)
      log.warn(
        { subscription },
        "the transcript bus's subscription does not keep the order of a conversation",
      );
  } catch (error) {
    if (!answered(error, 403)) throw error;
    log.warn(
      { subscription },
      "the transcript bus's subscription is used as it is: its key may not make one",
    );
  }
}

async function takeOne(
  { accept, log }: TakeTranscriptsDeps,
  message: Parameters<typeof fromBus>[0],
): Promise<void> {
  try {
    await accept(fromBus(message));
  } catch (err) {
    if (!isAppError(err) || err.retryable) throw err;
    log.warn({ err, messageId: message.messageId }, "a message of the transcript bus is passed over");
  }
}
