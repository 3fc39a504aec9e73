import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import { expiredRows } from "./expired-rows.ts";
import { RETENTION_KINDS, type RetentionDays, type RetentionKind } from "./retention-rules.ts";

/** Counting stops here: "100,000 or more" says enough, and a page must not wait for millions. */
export const COUNTED_AT_MOST = 100_000;

const DAY_MS = 24 * 60 * 60 * 1000;

export const cutoffOf = (clock: Clock, days: number) => new Date(clock() - days * DAY_MS);

/** How many rows of each kind a round would delete now under these days. Deletes nothing. */
export function countExpired(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: string,
  days: RetentionDays,
): Promise<Record<RetentionKind, number>> {
  return withTenant(db, tenantId, async (tx) => {
    const counts = {} as Record<RetentionKind, number>;
    for (const kind of RETENTION_KINDS) {
      const [main] = expiredRows(kind, cutoffOf(clock, days[kind]));
      if (!main) continue;
      const [row] = await tx.execute<{ count: number }>(
        sql`select count(*)::int as count from
          (select 1 from ${sql.identifier(main.table)} where ${main.where} limit ${COUNTED_AT_MOST}) as expired`,
      );
      counts[kind] = row?.count ?? 0;
    }
    return counts;
  });
}
