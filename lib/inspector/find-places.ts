import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import type { Permission } from "#/lib/tenancy/permissions.ts";
import { isUuid } from "./inspector-filter.ts";

export const PLACE_KINDS = ["connection", "queue", "document", "conversation", "event", "delivery"] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Something that has a page of its own, or a row that a page can open; `path` is without the tenant's slug. */
export type Place = {
  kind: PlaceKind;
  id: string;
  label: string;
  hint: string;
  path: string;
  platform: PlatformId | undefined;
};

type Row = {
  id: string;
  label: string;
  hint: string | null;
  parent: string | null;
  platform: PlatformId | null;
};

const EACH = 6;
const LEAST_LETTERS = 2;

type Search = {
  kind: PlaceKind;
  permission: Permission;
  path: (row: Row) => string;
  query: (typed: string) => SQL;
};

/** By name, or by its whole id; each kind for those alone who may open it. */
const SEARCHES: readonly Search[] = [
  {
    kind: "connection",
    permission: "integrations:read",
    path: ({ id }) => `/integrations/${id}`,
    query: (typed) => sql`
      SELECT id, name AS label, NULL AS hint, NULL AS parent, platform FROM connections
      WHERE ${holds(sql`name`, typed)} OR id::text = ${typed} OR public_id = ${typed} ORDER BY active DESC, name LIMIT ${EACH}`,
  },
  {
    kind: "queue",
    permission: "mapping:read",
    path: ({ label }) => `/middleware/queues?q=${encodeURIComponent(label)}`,
    query: (typed) => sql`
      SELECT q.id, q.name AS label, c.name AS hint, NULL AS parent, c.platform FROM platform_queues q
      JOIN connections c ON c.id = q.connection_id
      WHERE q.gone_at IS NULL AND (${holds(sql`q.name`, typed)} OR q.queue_id = ${typed}) ORDER BY q.name LIMIT ${EACH}`,
  },
  {
    kind: "document",
    permission: "knowledge:read",
    path: ({ parent }) => `/knowledge/${parent}`,
    query: (typed) => sql`
      SELECT d.id, d.title AS label, b.name AS hint, d.knowledge_base_id AS parent, NULL AS platform FROM documents d
      JOIN knowledge_bases b ON b.id = d.knowledge_base_id
      WHERE ${holds(sql`d.title`, typed)} OR d.id::text = ${typed} ORDER BY d.title LIMIT ${EACH}`,
  },
  {
    kind: "conversation",
    permission: "conversations:read",
    path: ({ id }) => `/conversations/${id}`,
    query: (typed) => sql`
      SELECT v.id, v.platform_conversation_id AS label, coalesce(v.agent_name, v.queue_name, c.name) AS hint, NULL AS parent, c.platform
      FROM conversations v JOIN connections c ON c.id = v.connection_id
      WHERE ${isUuid(typed) ? sql`v.id = ${typed}::uuid OR` : sql``}
        (v.connection_id IN (SELECT id FROM connections) AND v.platform_conversation_id = ${typed})
      ORDER BY v.started_at DESC LIMIT ${EACH}`,
  },
  {
    kind: "event",
    permission: "events:read",
    path: ({ id }) => `/events?event=${id}`,
    query: (typed) => sql`
      SELECT e.id, e.type AS label, e.state AS hint, NULL AS parent, c.platform FROM events e JOIN connections c ON c.id = e.connection_id
      WHERE ${isUuid(typed) ? sql`e.id = ${typed}::uuid` : sql`false`}`,
  },
  {
    kind: "delivery",
    permission: "events:read",
    path: ({ id }) => `/events?delivery=${id}`,
    query: (typed) => sql`
      SELECT d.id, d.door AS label, d.state AS hint, NULL AS parent, c.platform FROM deliveries d JOIN connections c ON c.id = d.connection_id
      WHERE ${isUuid(typed) ? sql`d.id = ${typed}::uuid` : sql`false`}`,
  },
];

/** What a tenant has by that name or id, of the kinds that the asker may see. */
export async function findPlaces(
  db: Database,
  tenantId: string,
  typed: string,
  mayOpen: (permission: Permission) => boolean,
): Promise<Place[]> {
  const text = typed.trim();
  if (text.length < LEAST_LETTERS) return [];
  return withTenant(db, tenantId, async (tx) => {
    const places: Place[] = [];
    for (const { kind, permission, path, query } of SEARCHES) {
      if (!mayOpen(permission)) continue;
      const rows = await tx.execute<Row>(query(text));
      for (const row of rows)
        places.push({
          ...{ kind, id: row.id, label: row.label, path: path(row) },
          hint: row.hint ?? "",
          platform: row.platform ?? undefined,
        });
    }
    return places;
  });
}

/** Somewhere in the name; the signs of patterns stand for themselves. */
function holds(column: SQL, typed: string): SQL {
  return sql`${column} ILIKE ${`%${typed.replace(/[\\%_]/g, "\\$&")}%`}`;
}
