import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";

/** Minutes that changed after they were counted, taken up in one round. */
const MOST_STALE = 5_000;
const MOST_FORGOTTEN = 5_000;

/**
 * Counts what came and changed since the last round into the roll-ups, of all tenants. Counting again changes nothing;
 * processes that do it at once leave it to one. Answers whether more waits, after a long silence.
 */
export async function rollUp(db: Database): Promise<boolean> {
  const [row] = await db.execute<{ more: boolean }>(sql`select across.roll_up(${MOST_STALE}) as more`);
  return row?.more ?? false;
}

/** Drops intervals that no page shows any more. Answers whether some are left to drop. */
export async function forgetRollups(db: Database): Promise<boolean> {
  const [row] = await db.execute<{ gone: string }>(
    sql`select across.forget_rollups(${MOST_FORGOTTEN}) as gone`,
  );
  return Number(row?.gone ?? 0) >= MOST_FORGOTTEN;
}
