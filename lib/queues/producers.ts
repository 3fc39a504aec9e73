import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { type JobOf, QUEUES, type QueueName } from "./jobs.ts";

export type Producers = {
  /**
   * Announces work that is already stored in Postgres. It never throws and never waits for Redis:
   * what is not announced, the sweeper finds.
   */
  announce<N extends QueueName>(queue: N, jobs: readonly JobOf<N>[]): void;
  queue(name: QueueName): Queue;
  close(): Promise<void>;
};

/** One Redis connection for all queues; while the server is away, announcing fails at once and silently. */
export function createProducers(redisUrl: string, onLost: (error: unknown) => void = () => {}): Producers {
  const connection = new Redis(redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  });
  connection.on("error", () => {});
  const queues = new Map<QueueName, Queue>();
  const queue = (name: QueueName) => {
    const known = queues.get(name);
    if (known) return known;
    const made = new Queue(name, {
      connection,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    made.on("error", () => {});
    queues.set(name, made);
    // A queue that could not greet the server refuses everything ever after: the next use makes another one.
    made.waitUntilReady().catch(() => {
      if (queues.get(name) === made) queues.delete(name);
    });
    return made;
  };
  for (const name of Object.keys(QUEUES) as QueueName[]) queue(name);
  return {
    announce: (name, jobs) => {
      if (jobs.length === 0) return;
      if (connection.status !== "ready") {
        onLost(new Error("Redis is away"));
        return;
      }
      queue(name)
        .addBulk(jobs.map((job) => ({ name, data: job })))
        .catch(onLost);
    },
    queue,
    close: async () => {
      await Promise.allSettled([...queues.values()].map((each) => each.close()));
      connection.disconnect();
    },
  };
}
