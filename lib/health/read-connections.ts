import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

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
};

const RATE_MINUTES = 5;

export function readConnectionsHealth(db: Database, tenantId: string): Promise<ConnectionHealth[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.execute<Row & { lately: number }>(sql`
      SELECT c.id, c.name, c.platform, c.active, c.last_event_at, e.events, e.dead, e.lately, d.unread, d.parked,
        e.waiting + d.waiting AS waiting, least(e.oldest, d.oldest) AS oldest, t.live
      FROM connections c
      CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE stored_at > now() - interval '1 hour'))::int AS events,
          (count(*) FILTER (WHERE state = 'dead' AND stored_at > now() - interval '1 hour'))::int AS dead,
          (count(*) FILTER (WHERE stored_at > now() - make_interval(mins => ${RATE_MINUTES})))::int AS lately,
          (count(*) FILTER (WHERE state = 'pending'))::int AS waiting,
          min(stored_at) FILTER (WHERE state = 'pending') AS oldest
        FROM events WHERE connection_id = c.id AND (stored_at > now() - interval '1 hour' OR state = 'pending')) e
      CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE state = 'dead' AND stored_at > now() - interval '1 hour'))::int AS unread,
          (count(*) FILTER (WHERE state = 'parked' AND stored_at > now() - interval '1 hour'))::int AS parked,
          (count(*) FILTER (WHERE state = 'stored'))::int AS waiting, min(stored_at) FILTER (WHERE state = 'stored') AS oldest
        FROM deliveries WHERE connection_id = c.id AND state IN ('dead', 'parked', 'stored')) d
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS live FROM conversations
        WHERE connection_id = c.id AND ended_at IS NULL AND updated_at > now() - interval '10 minutes') t
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
    }));
  });
}

function iso(value: string | null): string | undefined {
  return value === null ? undefined : new Date(value).toISOString();
}
