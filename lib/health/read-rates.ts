import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export const HEALTH_RANGES = {
  "1h": { seconds: 3_600, bucketSeconds: 60 },
  "24h": { seconds: 86_400, bucketSeconds: 900 },
} as const;
export type HealthRange = keyof typeof HEALTH_RANGES;

/** One interval of the shared time axis; the latencies are from the door to the emitted message. */
export type RateBucket = {
  from: string;
  to: string;
  events: number;
  dead: number;
  p50: number | undefined;
  p95: number | undefined;
};

type BucketRow = { at: string; events: number; dead: number; latency: number[] | null };

/** A tenant's events over time, empty intervals included, the running one last. */
export function readRates(db: Database, tenantId: string, range: HealthRange): Promise<RateBucket[]> {
  const { seconds, bucketSeconds } = HEALTH_RANGES[range];
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.execute<BucketRow>(sql`
      WITH bounds AS (SELECT to_timestamp(floor(extract(epoch FROM now()) / ${bucketSeconds}) * ${bucketSeconds}) AS last),
      counted AS (
        SELECT to_timestamp(floor(extract(epoch FROM stored_at) / ${bucketSeconds}) * ${bucketSeconds}) AS at,
          count(*)::int AS events, (count(*) FILTER (WHERE state = 'dead'))::int AS dead,
          percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY (trail->'at'->>'emitted')::float8 - (trail->'at'->>'received')::float8)
            FILTER (WHERE generation = 0 AND trail->'at' ? 'emitted') AS latency
        FROM events WHERE stored_at > now() - make_interval(secs => ${seconds}) GROUP BY 1
      )
      SELECT g.at, coalesce(c.events, 0) AS events, coalesce(c.dead, 0) AS dead, c.latency
      FROM bounds, generate_series(last - make_interval(secs => ${seconds - bucketSeconds}), last, make_interval(secs => ${bucketSeconds})) AS g (at)
      LEFT JOIN counted c ON c.at = g.at ORDER BY g.at`);
    return rows.map(({ at, events, dead, latency }) => {
      const from = new Date(at);
      return {
        from: from.toISOString(),
        to: new Date(from.getTime() + bucketSeconds * 1_000).toISOString(),
        events,
        dead,
        p50: latency?.[0] ?? undefined,
        p95: latency?.[1] ?? undefined,
      };
    });
  });
}
