import { hostname } from "node:os";
import type { Redis } from "ioredis";
import * as z from "zod";
import manifest from "#/package.json" with { type: "json" };

const EXPIRY_SECONDS = 60;
const KEY = "heartbeat:";

/** One process's word of itself; `figures` are its own gauges (calls, sockets, queue depth). */
export const heartbeatSchema = z.object({
  process: z.string(),
  instance: z.string(),
  startedAt: z.number(),
  at: z.number(),
  memoryMb: z.number(),
  version: z.string().optional(),
  figures: z.record(z.string(), z.number()),
});
export type Heartbeat = z.output<typeof heartbeatSchema>;

/** Writes the heartbeat; it vanishes a minute after the last beat, and stale ones show as silent before. */
export async function beat(
  redis: Redis,
  own: { process: string; startedAt: number },
  figures: Record<string, number> = {},
): Promise<void> {
  const instance = `${hostname()}:${process.pid}`;
  const heartbeat: Heartbeat = {
    ...own,
    instance,
    at: Date.now(),
    version: manifest.version,
    memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    figures,
  };
  await redis.set(`${KEY}${own.process}:${instance}`, JSON.stringify(heartbeat), "EX", EXPIRY_SECONDS);
}

/** Every heartbeat of the last minute. Entries that do not parse are another version's and are left out. */
export async function readHeartbeats(redis: Redis): Promise<Heartbeat[]> {
  const keys: string[] = [];
  let cursor = "0";
  do {
    const [next, found] = await redis.scan(cursor, "MATCH", `${KEY}*`, "COUNT", 200);
    keys.push(...found);
    cursor = next;
  } while (cursor !== "0");
  if (keys.length === 0) return [];
  const values = await redis.mget(keys);
  return values.flatMap((value) => {
    const parsed = heartbeatSchema.safeParse(value ? JSON.parse(value) : undefined);
    return parsed.success ? [parsed.data] : [];
  });
}

const EVERY_MS = 5_000;

/** Beats now and every five seconds for as long as the process lives; a beat that fails is the next one's to mend. */
export function keepBeating(redis: Redis, process: string, onLost: (error: unknown) => void): void {
  const startedAt = Date.now();
  const run = () => void beat(redis, { process, startedAt }).catch(onLost);
  run();
  setInterval(run, EVERY_MS).unref();
}
