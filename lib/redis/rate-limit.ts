import type { Redis } from "ioredis";

/**
 * Counts one use in a fixed window; false once `limit` is passed. While Redis is away everything
 * is allowed: a limit protects, it must not take the service down.
 */
export async function withinRate(
  redis: Redis,
  key: string,
  rule: { limit: number; windowSeconds: number },
): Promise<boolean> {
  try {
    const [[, count] = [null, 0]] = (await redis
      .multi()
      .incr(`rate:${key}`)
      .expire(`rate:${key}`, rule.windowSeconds, "NX")
      .exec()) ?? [[null, 0]];
    return Number(count) <= rule.limit;
  } catch {
    return true;
  }
}
