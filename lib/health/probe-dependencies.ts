import { sql } from "drizzle-orm";
import type { Redis } from "ioredis";
import type { Database } from "#/lib/db/database.ts";

export type DependencyHealth = {
  name: "postgres" | "redis";
  ok: boolean;
  ms: number | undefined;
  downSince: string | undefined;
};

/** Since when this process has had no answer: where the dependency that is down cannot tell. */
const downSince = new Map<DependencyHealth["name"], string>();

const TICK_MS = 50;
const MOST_TICKS = 40;

/** Asks Postgres and Redis for a word; one that does not answer within two seconds is down. */
export function probeDependencies(db: Database, redis: Redis): Promise<DependencyHealth[]> {
  return Promise.all([
    probe("postgres", () => db.execute(sql`select 1`)),
    probe("redis", () => redis.ping()),
  ]);
}

async function probe(name: DependencyHealth["name"], ask: () => Promise<unknown>): Promise<DependencyHealth> {
  const started = performance.now();
  const answered = await within(ask()).catch(() => NOTHING);
  if (answered !== NOTHING) {
    downSince.delete(name);
    return { name, ok: true, ms: performance.now() - started, downSince: undefined };
  }
  const since = downSince.get(name) ?? new Date().toISOString();
  downSince.set(name, since);
  return { name, ok: false, ms: undefined, downSince: since };
}

const NOTHING = Symbol("no answer");

/**
 * The answer, or `NOTHING` once it has taken too long: a page about failures must not wait for them. Time is
 * counted in ticks, so that a process which was busy itself does not take others for silent.
 */
async function within<T>(asked: Promise<T>): Promise<T | typeof NOTHING> {
  const { promise, resolve } = Promise.withResolvers<typeof NOTHING>();
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
    if (ticks >= MOST_TICKS) resolve(NOTHING);
  }, TICK_MS);
  try {
    return await Promise.race([asked, promise]);
  } finally {
    clearInterval(timer);
  }
}

/** The same for anything else: what does not come in time is `instead`. */
export async function orElse<T>(asked: Promise<T>, instead: T): Promise<T> {
  const answer = await within(asked).catch(() => NOTHING);
  return answer === NOTHING ? instead : (answer as T);
}
