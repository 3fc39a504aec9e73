import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { Accept } from "#/lib/pipeline/accept-delivery.ts";
import type { NewMessage, PubSubApi } from "#/lib/pubsub/pubsub-api.ts";
import { toBus } from "./bus-message.ts";

type Waiting = { message: NewMessage; resolve: () => void; reject: (error: AppError) => void };

/** Far below Pub/Sub's limits of 1,000 messages and 10 MB a call. */
const MOST_AT_ONCE = 100;

/**
 * The publishing end of the bus, in the place of the ordinary way into the pipeline and with the same promise: it
 * resolves once the delivery is durable, which Pub/Sub's answer says. One call at a time, so that a conversation's
 * messages cannot overtake each other; what comes meanwhile goes with the next.
 */
export function createTranscriptPublisher(api: Pick<PubSubApi, "publish">, topic: string): Accept {
  let queue: Waiting[] = [];
  let running = false;

  const send = async (batch: readonly Waiting[]) => {
    try {
      await api.publish(
        topic,
        batch.map(({ message }) => message),
      );
      for (const { resolve } of batch) resolve();
    } catch (cause) {
      if (batch.length > 1 && isAboutContent(cause)) return sendEach(batch);
      for (const { reject } of batch) reject(refusal(cause));
    }
  };
  /** One message that Pub/Sub refuses must not take its neighbors along. */
  const sendEach = async (batch: readonly Waiting[]) => {
    for (const one of batch) await send([one]);
  };
  const run = async () => {
    running = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, MOST_AT_ONCE);
      queue = queue.slice(MOST_AT_ONCE);
      await send(batch);
    }
    running = false;
  };

  return (delivery) =>
    new Promise((resolve, reject) => {
      queue.push({ message: toBus(delivery), resolve, reject });
      if (!running) void run();
    });
}

const isAboutContent = (error: unknown) => isAppError(error) && error.context.status === "400";

/** A missing permission is mended by a person while the call goes on: until then the door keeps what it has heard. */
function refusal(cause: unknown): AppError {
  return isAboutContent(cause)
    ? new AppError("invalid_input", "The transcript bus does not take this message.", { cause })
    : new AppError(
        "upstream_unavailable",
        "The transcript bus did not take the message; it is published again.",
        {
          cause,
        },
      );
}
