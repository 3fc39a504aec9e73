import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { addTo, percentile } from "./histogram.ts";

/** How one connection does; counts are of the last hour. */
export type ConnectionHealth = {
  id: string;
  name: string;
  platform: PlatformId;
  active: boolean;
  lastEventAt: string | undefined;
  eventsPerMinute: number;
  events: number;
  /** Dead events and unreadable deliveries. */
  failed: number;
  /** Deliveries of a shape that this version does not know: for an upgrade, not for a person. */
  parked: number;
  waiting: number;
  oldestWaitingAt: string | undefined;
  liveConversations: number;
  /** From the door to the begin of the work, p95 of the last quarter of an hour; undefined where nothing came. */
  lagMs: number | undefined;
};

type Row = {
  id: string;
  name: string;
  platform: PlatformId;
  active: boolean;
  last_event_at: string | null;
  events: number;
  dead: number;
  unread: number;
  parked: number;
  waiting: number;
  oldest: string | null;
  live: number;
  lag_bins: number[] | null;
  lag_counts: number[] | null;
};

const RATE_MINUTES = 5;
const LAG_MINUTES = 15;

export function readConnectionsHealth(db: Database, tenantId: string): Promise<ConnectionHealth[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.execute<Row & { lately: number }>(sql`
      SELECT c.id, c.name, c.platform, c.active, c.last_event_at, e.events, e.dead, e.lately, d.unread, d.parked,
        w.waiting + q.waiting AS waiting, least(w.oldest, q.oldest) AS oldest, t.live, l.bins AS lag_bins, l.counts AS lag_counts
      FROM connections c
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS events, (count(*) FILTER (WHERE state = 'dead'))::int AS dead,
          (count(*) FILTER (WHERE stored_at > now() - make_interval(mins => ${RATE_MINUTES})))::int AS lately
        FROM events WHERE connection_id = c.id AND stored_at > now() - interval '1 hour') e
      LEFT JOIN LATERAL (
        SELECT count(*)::int AS waiting, min(stored_at) AS oldest FROM events WHERE connection_id = c.id AND state = 'pending') w ON true
      CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE state = 'dead'))::int AS unread, (count(*) FILTER (WHERE state = 'parked'))::int AS parked
        FROM deliveries WHERE connection_id = c.id AND state IN ('dead', 'parked') AND stored_at > now() - interval '1 hour') d
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS waiting, min(stored_at) AS oldest FROM deliveries WHERE connection_id = c.id AND state = 'stored') q
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS live FROM conversations
        WHERE connection_id = c.id AND ended_at IS NULL AND updated_at > now() - interval '10 minutes') t
      LEFT JOIN LATERAL (
        SELECT array_agg(b.bin) AS bins, array_agg(b.n) AS counts
        FROM stage_rollups r CROSS JOIN LATERAL unnest(r.bins, r.counts) AS b (bin, n)
        WHERE r.tenant_id = c.tenant_id AND r.width_seconds = 60 AND r.at > now() - make_interval(mins => ${LAG_MINUTES})
          AND r.connection_id = c.id AND r.stage = 'started') l ON true
      ORDER BY c.active DESC, c.name`);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      platform: row.platform,
      active: row.active,
      lastEventAt: iso(row.last_event_at),
      eventsPerMinute: row.lately / RATE_MINUTES,
      events: row.events,
      failed: row.dead + row.unread,
      parked: row.parked,
      waiting: row.waiting,
      oldestWaitingAt: iso(row.oldest),
      liveConversations: row.live,
      lagMs: lagOf(row),
    }));
  });
}

function lagOf({ lag_bins, lag_counts }: Row): number | undefined {
  const histogram = new Map<number, number>();
  for (const [index, bin] of (lag_bins ?? []).entries()) addTo(histogram, bin, lag_counts?.[index] ?? 0);
  return percentile(histogram, 0.95);
}

function iso(value: string | null): string | undefined {
  return value === null ? undefined : new Date(value).toISOString();
}
