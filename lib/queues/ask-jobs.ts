import { QueueEvents } from "bullmq";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Producers } from "./producers.ts";

const ANSWER_TIMEOUT_MS = 20_000;

/** Asks the jobs process and waits for its answer: search and its model live in that process only. */
export type AskJobs = { ask(name: string, input: unknown): Promise<unknown>; close(): Promise<void> };

type Answer =
  | { ok: true; value: unknown }
  | { ok: false; code: "invalid_input" | "not_found"; message: string };

export function createAskJobs(producers: Producers, redisUrl: string): AskJobs {
  const finished = new QueueEvents("requests", { connection: { url: redisUrl } });
  finished.on("error", () => {});
  return {
    ask: async (name, input) => {
      const unavailable = (cause: unknown) =>
        new AppError("upstream_unavailable", "The jobs process does not answer. See Service Health.", {
          cause,
        });
      const job = await producers
        .queue("requests")
        .add("request", { name, input })
        .catch((cause: unknown) => {
          throw unavailable(cause);
        });
      const answer = (await job.waitUntilFinished(finished, ANSWER_TIMEOUT_MS).catch((cause: unknown) => {
        throw unavailable(cause);
      })) as Answer;
      if (answer.ok) return answer.value;
      throw new AppError(answer.code, answer.message);
    },
    close: () => finished.close(),
  };
}
