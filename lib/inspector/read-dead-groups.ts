import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { redactText } from "#/lib/redaction/redact.ts";
import { causeKey, causeOf } from "./cause.ts";

/** What failed for good for one cause. */
export type DeadGroup = {
  /** As `cause=` names it in an address. */
  key: string;
  /** `delivery`: what nobody could read; `parked` of these: what this version does not know. */
  kind: "event" | "delivery" | "parked";
  cause: string;
  count: number;
  firstAt: string;
  lastAt: string;
  connections: { id: string; name: string; platform: PlatformId }[];
};

type Row = {
  key: string;
  kind: DeadGroup["kind"];
  sample: string;
  count: number;
  first_at: string;
  last_at: string;
  connections: DeadGroup["connections"];
};

const MOST_GROUPS = 200;

/** Dead events and unreadable deliveries by cause, the latest first. */
export function readDeadGroups(db: Database, tenantId: string): Promise<DeadGroup[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.execute<Row>(sql`
      WITH dead AS (
        SELECT 'event' AS kind, ${causeKey(sql`e.outcome`)} AS key, ${causeOf(sql`e.outcome`)} AS cause, e.connection_id, e.stored_at
        FROM events e WHERE e.state = 'dead'
        UNION ALL
        SELECT CASE d.state WHEN 'dead' THEN 'delivery' ELSE 'parked' END, ${causeKey(sql`d.reason`)}, ${causeOf(sql`d.reason`)},
          d.connection_id, d.stored_at
        FROM deliveries d WHERE d.state IN ('dead', 'parked')),
      grouped AS (
        SELECT kind, key, min(cause) AS sample, count(*)::int AS count, min(stored_at) AS first_at, max(stored_at) AS last_at,
          array_agg(DISTINCT connection_id) AS ids
        FROM dead GROUP BY kind, key ORDER BY max(stored_at) DESC LIMIT ${MOST_GROUPS})
      SELECT g.*, (SELECT jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'platform', c.platform) ORDER BY c.name)
        FROM connections c WHERE c.id = ANY (g.ids)) AS connections
      FROM grouped g ORDER BY g.last_at DESC, g.key`);
    return rows.map((row) => ({
      key: row.key,
      kind: row.kind,
      cause: redactText(row.sample) || "No reason was noted.",
      count: row.count,
      firstAt: new Date(row.first_at).toISOString(),
      lastAt: new Date(row.last_at).toISOString(),
      connections: row.connections ?? [],
    }));
  });
}
