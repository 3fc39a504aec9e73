import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";

/** What is held: one name, for one connection of one tenant. */
export type LeasePlace = { name: string; tenantId: string; connectionId: string };

export type LeaseTimes = {
  /** So long after its last renewal a dead holder's lease is another's to take. */
  holdSeconds: number;
  renewMs: number;
};

/** With a look every second, another process goes on six seconds after a holder's death at the latest. */
export const LEASE_TIMES: LeaseTimes = { holdSeconds: 4.5, renewMs: 1_000 };

export type Lease = {
  name: string;
  /** Grows with each new holder, so that what a late one writes is known by it. */
  fence: number;
  /** Aborts as soon as nobody can vouch for the lease any more: lost, or not renewed in time. */
  signal: AbortSignal;
  /** Lets go at once, so that another need not wait. Never rejects. */
  free(): Promise<void>;
};

/** Takes the lease and keeps renewing it; undefined where another process holds it. */
export async function takeLease(
  db: Database,
  place: LeasePlace,
  holder: string,
  times: LeaseTimes = LEASE_TIMES,
): Promise<Lease | undefined> {
  const askedAt = performance.now();
  const fence = await askFor(db, place, holder, times);
  if (fence === undefined) return undefined;
  const lost = new AbortController();
  const freed = new AbortController();
  const renewing = renew({ db, place, holder, times, fence, lost, freed: freed.signal, askedAt });
  return {
    name: place.name,
    fence,
    signal: lost.signal,
    async free() {
      freed.abort();
      lost.abort();
      await renewing;
      await db.execute(sql`select across.free_lease(${place.name}, ${holder}::uuid)`).catch(() => {});
    },
  };
}

async function askFor(
  db: Database,
  { name, tenantId, connectionId }: LeasePlace,
  holder: string,
  { holdSeconds }: LeaseTimes,
): Promise<number | undefined> {
  const [row] = await db.execute<{ fence: string | number }>(
    sql`select * from across.take_lease(${name}, ${tenantId}::uuid, ${connectionId}::uuid, ${holder}::uuid, ${holdSeconds})`,
  );
  return row && Number(row.fence);
}

type Renewal = {
  db: Database;
  place: LeasePlace;
  holder: string;
  times: LeaseTimes;
  fence: number;
  lost: AbortController;
  freed: AbortSignal;
  askedAt: number;
};

/**
 * Counts from before each request, on a clock that nobody sets: what Postgres granted runs out there later than here,
 * so a holder that cannot reach Postgres stops before another may begin.
 */
async function renew({ db, place, holder, times, fence, lost, freed, askedAt }: Renewal): Promise<void> {
  let vouchedUntil = askedAt + times.holdSeconds * 1_000;
  while (!freed.aborted) {
    const expiring = setTimeout(() => lost.abort(), Math.max(0, vouchedUntil - performance.now()));
    await sleep(times.renewMs, undefined, { signal: freed }).catch(() => {});
    const sentAt = performance.now();
    const renewed = freed.aborted ? "freed" : await askFor(db, place, holder, times).catch(() => "unknown");
    clearTimeout(expiring);
    if (renewed === "freed") return;
    if (renewed === fence) vouchedUntil = sentAt + times.holdSeconds * 1_000;
    // Another holds it, or has held it meanwhile.
    if (renewed !== "unknown" && renewed !== fence) lost.abort();
    if (performance.now() >= vouchedUntil) lost.abort();
    if (lost.signal.aborted) return;
  }
}
