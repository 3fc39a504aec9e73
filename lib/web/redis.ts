import type { Redis } from "ioredis";
import { connectRedis } from "#/lib/redis/connect.ts";
import { webEnv } from "./web-env.ts";

/** On globalThis for the reason that `database.ts` gives. */
const kept = globalThis as { omnibotsRedis?: Redis };

/** The web process's one client. It gives up after a retry, so that a page fails instead of hanging. */
export function redis(): Redis {
  kept.omnibotsRedis ??= connectRedis(webEnv().REDIS_URL, { maxRetriesPerRequest: 1 });
  return kept.omnibotsRedis;
}
