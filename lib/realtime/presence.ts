import type { Redis } from "ioredis";

const KEY = "realtime:presence";
/** A node says its count every 5 s; one that has been silent for this long is gone. */
const SILENT_AFTER_MS = 15_000;

/** Tells how many widgets this node holds. Redis may be wiped: the next beat tells it again. */
export async function tellPresence(redis: Redis, node: string, widgets: number, now: number): Promise<void> {
  await redis.hset(KEY, node, `${widgets}:${now}`);
}

export async function endPresence(redis: Redis, node: string): Promise<void> {
  await redis.hdel(KEY, node);
}

/** Connected widgets and live realtime nodes. Forgets nodes that went silent (fields have no expiry before Redis 7.4). */
export async function readPresence(redis: Redis, now: number): Promise<{ widgets: number; nodes: number }> {
  const told = Object.entries(await redis.hgetall(KEY)).map(([node, value]) => {
    const [widgets = 0, at = 0] = value.split(":").map(Number);
    return { node, widgets, live: now - at < SILENT_AFTER_MS };
  });
  const gone = told.filter(({ live }) => !live).map(({ node }) => node);
  if (gone.length > 0) await redis.hdel(KEY, ...gone);
  const live = told.filter((each) => each.live);
  return { widgets: live.reduce((sum, { widgets }) => sum + widgets, 0), nodes: live.length };
}
