import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type ConnectionHealth = {
  lastEventAt: Date | undefined;
  /** Of the newest deliveries of the last 24 hours, at most `LOOKED_AT` of them. */
  deliveries: number;
  dead: number;
  /** Stored and not yet worked through, with the oldest of them. */
  waiting: number;
  oldestWaitingAt: Date | undefined;
  /** Between what happened at the platform and its arrival here: the median of the last hundred events. */
  lagMs: number | undefined;
};

/** Enough for a rate, and the same work for a busy connection as for a quiet one. */
export const LOOKED_AT = 5_000;

/** How one connection does right now. */
export function readConnectionHealth(
  db: Database,
  tenantId: string,
  connectionId: string,
): Promise<ConnectionHealth> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx.execute<{
      last_event_at: string | null;
      deliveries: number;
      dead: number;
      waiting: number;
      oldest: string | null;
      lag_ms: number | null;
    }>(sql`
      with lately as materialized (
        select state, stored_at from deliveries
        where connection_id = ${connectionId} and stored_at > now() - interval '24 hours'
        order by stored_at desc limit ${LOOKED_AT}
      )
      select
        (select last_event_at from connections where id = ${connectionId}) as last_event_at,
        (select count(*)::int from lately) as deliveries,
        (select count(*)::int from lately where state = 'dead') as dead,
        (select count(*)::int from lately where state = 'stored') as waiting,
        (select min(stored_at) from lately where state = 'stored') as oldest,
        (select percentile_cont(0.5) within group (order by greatest(0, extract(epoch from stored_at - occurred_at) * 1000))
          from (select stored_at, occurred_at from events where connection_id = ${connectionId}
            order by stored_at desc limit 100) as last) as lag_ms`);
    return {
      lastEventAt: dateOf(row?.last_event_at),
      deliveries: row?.deliveries ?? 0,
      dead: row?.dead ?? 0,
      waiting: row?.waiting ?? 0,
      oldestWaitingAt: dateOf(row?.oldest),
      lagMs: row?.lag_ms ?? undefined,
    };
  });
}

const dateOf = (text: string | null | undefined) => (text ? new Date(text) : undefined);
