import { Worker } from "bullmq";
import type { Log } from "#/lib/kernel/log.ts";
import { type JobOf, QUEUES, type QueueName } from "#/lib/queues/jobs.ts";
import { jobHandler } from "../runtime/job-handler.ts";

export type Handlers = { [N in QueueName]: (job: JobOf<N>) => Promise<unknown> };

/** Only requests are asked by waiting people; the rest shares the process as it comes. */
const CONCURRENCY_SHARE: Record<QueueName, number> = {
  deliveries: 1,
  conversations: 0.5,
  documents: 0.1,
  summaries: 0.2,
  requests: 0.2,
};

export type StartedWorkers = { close(): Promise<void> };

/** One BullMQ worker a queue. Failed jobs are not tried again here: Postgres knows what is unfinished. */
export function startWorkers(
  handlers: Handlers,
  options: { redisUrl: string; concurrency: number; log: Log },
): StartedWorkers {
  const start = (name: QueueName) => {
    // The queue's own schema parses each job just before, so the handler gets what it expects.
    const run = handlers[name] as (job: unknown) => Promise<unknown>;
    const worker = new Worker(name, jobHandler(QUEUES[name], run), {
      connection: { url: options.redisUrl, maxRetriesPerRequest: null },
      concurrency: Math.max(1, Math.round(options.concurrency * CONCURRENCY_SHARE[name])),
    });
    worker.on("failed", (_job, error) => options.log.warn({ err: error, queue: name }, "job failed"));
    worker.on("error", (error) => options.log.warn({ err: error, queue: name }, "queue unreachable"));
    return worker;
  };
  const workers = (Object.keys(QUEUES) as QueueName[]).map(start);
  return {
    close: async () => {
      await Promise.allSettled(workers.map((worker) => worker.close()));
    },
  };
}
