import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { HEALTH_RANGES, type HealthRange } from "./read-series.ts";

/** What is remembered of a process in Postgres, since heartbeats vanish with Redis. */
export type ProcessMemory = { lastUpAt: string | undefined; version: string | undefined };

export type ProcessWord = {
  process: string;
  replicas: number;
  version: string | undefined;
  figures: Record<string, number>;
};

/** Writes down how each process does this minute. */
export async function noteProcesses(db: Database, words: readonly ProcessWord[]): Promise<void> {
  await db.execute(sql`select across.note_processes(${JSON.stringify(words)}::jsonb)`);
}

type MemoryRow = { process: string; last_up: string | null; version: string | null };

/** By process name; to the minute. */
export async function readProcessHistory(db: Database): Promise<Map<string, ProcessMemory>> {
  const rows = await db.execute<MemoryRow>(sql`select * from across.process_history()`);
  return new Map(
    rows.map(({ process, last_up, version }) => [
      process,
      { lastUpAt: last_up ? new Date(last_up).toISOString() : undefined, version: version ?? undefined },
    ]),
  );
}

/** The highest number of connected widgets and of calls in each interval of a range, by the interval's begin. */
export async function readGauges(
  db: Database,
  range: HealthRange,
  nowMs: number,
): Promise<Map<string, { widgets?: number; calls?: number }>> {
  const { seconds, bucketSeconds } = HEALTH_RANGES[range];
  const since = new Date(nowMs - seconds * 1_000).toISOString();
  const rows = await db.execute<{ at: string; name: "widgets" | "calls"; value: number }>(
    sql`select * from across.process_gauges(ARRAY['widgets', 'calls'], ${since}::timestamptz, ${bucketSeconds})`,
  );
  const gauges = new Map<string, { widgets?: number; calls?: number }>();
  for (const { at, name, value } of rows) {
    const from = new Date(at).toISOString();
    gauges.set(from, { ...gauges.get(from), [name]: value });
  }
  return gauges;
}
