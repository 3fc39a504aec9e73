import { Redis } from "ioredis";

/**
 * A Redis client that waits for the server as long as it takes. BullMQ's blocking clients need
 * `maxRetriesPerRequest: null`; requests of people pass a limit, so that a page fails instead of hanging.
 */
export function connectRedis(url: string, options: { maxRetriesPerRequest?: number } = {}): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: options.maxRetriesPerRequest ?? null,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 6), 2_000),
  });
  // Without a listener the client writes to the console; its state is on the health page, and it tries again.
  redis.on("error", () => {});
  return redis;
}
