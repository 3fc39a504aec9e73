import { Redis } from "ioredis";
import { inject } from "vitest";

/** An empty Redis database for this test file alone. Number 0 only counts which are given out. */
export async function testRedisUrl(): Promise<string> {
  const { redisUrl } = inject("services");
  const redis = new Redis(redisUrl);
  const number = await redis.incr("databases given out");
  redis.disconnect();
  return `${redisUrl}/${number}`;
}
