import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { HEALTH_RANGES, type HealthRange } from "./read-rates.ts";

/** Stages whose time since the door took the delivery in is worth watching, in their order. */
export const MEASURED_STAGES = ["stored", "recorded", "retrieved", "grounded", "emitted", "painted"] as const;
export type MeasuredStage = (typeof MEASURED_STAGES)[number];

export type StageLatency = { stage: MeasuredStage; count: number; p50: number; p95: number; p99: number };

/** A card that is painted later than that was fetched by a widget that came later; nobody waited for it. */
const LATEST_PAINT_MS = 60_000;

/**
 * Milliseconds from a door to each stage, for a tenant. Replayed events are left out: their later stages
 * belong to another day than their first ones.
 */
export function readLatency(db: Database, tenantId: string, range: HealthRange): Promise<StageLatency[]> {
  const stages = sql.join(
    MEASURED_STAGES.map((stage) => sql`(${stage}::text)`),
    sql`, `,
  );
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.execute<{ stage: MeasuredStage; count: number; ms: number[] }>(sql`
      SELECT s.stage, count(*)::int AS count, percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY t.ms) AS ms
      FROM events e CROSS JOIN (VALUES ${stages}) AS s (stage)
      CROSS JOIN LATERAL (SELECT (e.trail->'at'->>s.stage)::float8 - (e.trail->'at'->>'received')::float8 AS ms) t
      WHERE e.stored_at > now() - make_interval(secs => ${HEALTH_RANGES[range].seconds})
        AND e.generation = 0 AND t.ms IS NOT NULL AND (s.stage <> 'painted' OR t.ms < ${LATEST_PAINT_MS})
      GROUP BY s.stage`);
    return MEASURED_STAGES.flatMap((stage) => {
      const row = rows.find((each) => each.stage === stage);
      const [p50 = 0, p95 = 0, p99 = 0] = row?.ms ?? [];
      return row ? [{ stage, count: row.count, p50, p95, p99 }] : [];
    });
  });
}
