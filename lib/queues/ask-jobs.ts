import { QueueEvents } from "bullmq";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Producers } from "./producers.ts";

const ANSWER_TIMEOUT_MS = 20_000;
/** An answer stays this long for its reader, who may begin to listen only after it was given. */
const ANSWER_KEPT_SECONDS = 60;

/** Asks the jobs process and waits for its answer: search and its model live in that process only. */
export type AskJobs = { ask(name: string, input: unknown): Promise<unknown>; close(): Promise<void> };

type Answer =
  | { ok: true; value: unknown }
  | { ok: false; code: "invalid_input" | "not_found"; message: string };

/** Rejects `upstream_unavailable` within twenty seconds, whether Redis is away or nobody works there. */
export function createAskJobs(producers: Producers, redisUrl: string): AskJobs {
  const finished = new QueueEvents("requests", { connection: { url: redisUrl } });
  finished.on("error", () => {});
  const exchange = async (name: string, input: unknown): Promise<Answer> => {
    await finished.waitUntilReady();
    const kept = { removeOnComplete: { age: ANSWER_KEPT_SECONDS } };
    const job = await producers.queue("requests").add("request", { name, input }, kept);
    return job.waitUntilFinished(finished, ANSWER_TIMEOUT_MS);
  };
  return {
    ask: async (name, input) => {
      const answer = await inTime(exchange(name, input)).catch((cause: unknown) => {
        const message = "The jobs process does not answer. See Service Health.";
        throw new AppError("upstream_unavailable", message, { cause });
      });
      if (answer.ok) return answer.value;
      throw new AppError(answer.code, answer.message);
    },
    close: () => finished.close(),
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("no answer in time")), ANSWER_TIMEOUT_MS);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
