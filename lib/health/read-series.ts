import { type SQL, sql } from "drizzle-orm";
import type { RollupWidth } from "#/drizzle/schema/rollups.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { addTo, countOf, type Histogram, percentile } from "./histogram.ts";

type RangeShape = { seconds: number; width: RollupWidth; bucketSeconds: number };

/** The ranges of the page: which roll-up they read, and how wide a point of their charts is. */
export const HEALTH_RANGES = {
  "1h": { seconds: 3_600, width: 60, bucketSeconds: 60 },
  "24h": { seconds: 86_400, width: 900, bucketSeconds: 900 },
  "7d": { seconds: 7 * 86_400, width: 3_600, bucketSeconds: 7_200 },
  "30d": { seconds: 30 * 86_400, width: 3_600, bucketSeconds: 6 * 3_600 },
} as const satisfies Record<string, RangeShape>;
export type HealthRange = keyof typeof HEALTH_RANGES;

/** Stages whose time since the door took a delivery in is measured, in their order. */
export const MEASURED_STAGES = [
  "stored",
  "validated",
  "routed",
  "started",
  "recorded",
  "triggered",
  "retrieved",
  "firstToken",
  "grounded",
  "emitted",
  "acknowledged",
  "painted",
] as const;
export type MeasuredStage = (typeof MEASURED_STAGES)[number];

export type Latency = { count: number; p50: number; p95: number; p99: number };

export type Traffic = {
  events: number;
  dead: number;
  suggested: number;
  emitted: number;
  acknowledged: number;
};

/** One interval of the time axis that all charts share. */
export type HealthPoint = Traffic & {
  from: string;
  to: string;
  stages: Partial<Record<MeasuredStage, Latency>>;
};

export type HealthSeries = {
  points: HealthPoint[];
  totals: Traffic;
  stages: { stage: MeasuredStage; latency: Latency }[];
};

const NONE: Traffic = { events: 0, dead: 0, suggested: 0, emitted: 0, acknowledged: 0 };

type TrafficRow = Traffic & { bucket: number };
type BinRow = { bucket: number; stage: MeasuredStage; bins: number[]; counts: number[] };

/** A tenant's traffic and latencies over time, from the roll-ups; empty intervals included, the running one last. */
export async function readSeries(
  db: Database,
  tenantId: string,
  range: HealthRange,
  nowMs: number,
): Promise<HealthSeries> {
  const shape: RangeShape = HEALTH_RANGES[range];
  const last = Math.floor(nowMs / 1_000 / shape.bucketSeconds) * shape.bucketSeconds;
  const first = last - shape.seconds + shape.bucketSeconds;
  const [traffic, bins] = await withTenant(db, tenantId, async (tx) => [
    [...(await tx.execute<TrafficRow>(trafficQuery(shape, first)))],
    [...(await tx.execute<BinRow>(binsQuery(shape, first)))],
  ]);
  const byBucket = new Map(traffic.map((row) => [row.bucket, row]));
  const { perBucket, overall } = histograms(bins);
  const points = Array.from({ length: shape.seconds / shape.bucketSeconds }, (_, index): HealthPoint => {
    const bucket = first + index * shape.bucketSeconds;
    return {
      from: new Date(bucket * 1_000).toISOString(),
      to: new Date((bucket + shape.bucketSeconds) * 1_000).toISOString(),
      ...pickTraffic(byBucket.get(bucket)),
      stages: Object.fromEntries(
        [...(perBucket.get(bucket) ?? [])].map(([stage, histogram]) => [stage, latencyOf(histogram)]),
      ),
    };
  });
  return {
    points,
    totals: traffic.reduce(addTraffic, NONE),
    stages: MEASURED_STAGES.flatMap((stage) => {
      const histogram = overall.get(stage);
      return histogram ? [{ stage, latency: latencyOf(histogram) }] : [];
    }),
  };
}

function trafficQuery({ width, bucketSeconds }: RangeShape, first: number): SQL {
  return sql`
    SELECT (floor(extract(epoch FROM at) / ${bucketSeconds}) * ${bucketSeconds})::int AS bucket, sum(events)::int AS events,
      sum(dead)::int AS dead, sum(suggested)::int AS suggested, sum(emitted)::int AS emitted, sum(acknowledged)::int AS acknowledged
    FROM traffic_rollups WHERE width_seconds = ${width} AND at >= to_timestamp(${first}) GROUP BY 1`;
}

function binsQuery({ width, bucketSeconds }: RangeShape, first: number): SQL {
  // As arrays: a month of all stages is a thousand rows then, and not a hundred thousand.
  return sql`
    SELECT bucket, stage, array_agg(bin) AS bins, array_agg(n) AS counts FROM (
      SELECT (floor(extract(epoch FROM at) / ${bucketSeconds}) * ${bucketSeconds})::int AS bucket, stage, b.bin, sum(b.n)::int AS n
      FROM stage_rollups CROSS JOIN LATERAL unnest(bins, counts) AS b (bin, n)
      WHERE width_seconds = ${width} AND at >= to_timestamp(${first}) GROUP BY 1, 2, 3) merged
    GROUP BY 1, 2`;
}

function histograms(rows: readonly BinRow[]) {
  const perBucket = new Map<number, Map<MeasuredStage, Map<number, number>>>();
  const overall = new Map<MeasuredStage, Map<number, number>>();
  for (const { bucket, stage, bins, counts } of rows) {
    const all = overall.get(stage) ?? new Map<number, number>();
    overall.set(stage, all);
    const own = new Map<number, number>();
    for (const [index, bin] of bins.entries()) {
      addTo(own, bin, counts[index] ?? 0);
      addTo(all, bin, counts[index] ?? 0);
    }
    perBucket.set(bucket, (perBucket.get(bucket) ?? new Map()).set(stage, own));
  }
  return { perBucket, overall };
}

function latencyOf(histogram: Histogram): Latency {
  const at = (part: number) => percentile(histogram, part) ?? 0;
  return { count: countOf(histogram), p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function pickTraffic(row: TrafficRow | undefined): Traffic {
  const { events, dead, suggested, emitted, acknowledged } = row ?? NONE;
  return { events, dead, suggested, emitted, acknowledged };
}

function addTraffic(sum: Traffic, row: Traffic): Traffic {
  return {
    events: sum.events + row.events,
    dead: sum.dead + row.dead,
    suggested: sum.suggested + row.suggested,
    emitted: sum.emitted + row.emitted,
    acknowledged: sum.acknowledged + row.acknowledged,
  };
}
