import { type AskJobs, createAskJobs } from "#/lib/queues/ask-jobs.ts";
import { createProducers, type Producers } from "#/lib/queues/producers.ts";
import { webEnv } from "./web-env.ts";
import { webLog } from "./web-log.ts";

/** On globalThis for the reason that `database.ts` gives. */
const kept = globalThis as { omnibotsProducers?: Producers; omnibotsAskJobs?: AskJobs };

/** The web process's one way to announce stored work. */
export function producers(): Producers {
  kept.omnibotsProducers ??= createProducers(webEnv().REDIS_URL, (error) =>
    webLog.warn({ err: error }, "work not announced; the sweeper will find it"),
  );
  return kept.omnibotsProducers;
}

/** The web process's one way to ask the jobs process and wait for its answer. */
export function askJobs(): AskJobs {
  kept.omnibotsAskJobs ??= createAskJobs(producers(), webEnv().REDIS_URL);
  return kept.omnibotsAskJobs;
}
