import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { redactText } from "#/lib/redaction/redact.ts";
import {
  type Cursor,
  cursorText,
  type InspectorFilter,
  type RowState,
  type RowType,
} from "./inspector-filter.ts";
import { summarizeEvent } from "./summarize.ts";

export const PAGE_SIZE = 50;
const MOST_COUNTED = 10_000;

/** A line of the list; it travels to the browser, so it holds nothing that was not redacted. */
export type InspectorRow = {
  kind: "event" | "delivery";
  id: string;
  at: string;
  type: RowType;
  state: RowState;
  outcome: string;
  attempts: number;
  platform: PlatformId;
  connectionName: string;
  conversationId: string | undefined;
  summary: string;
  /** From the door to the card, or to the last stage that there was. */
  totalMs: number | undefined;
};

export type InspectorPage = {
  rows: InspectorRow[];
  /** How many fit the filter; counting stops at 10,000. */
  count: number;
  countedAll: boolean;
  next: string | undefined;
};

type ListRow = {
  kind: "event" | "delivery";
  id: string;
  micros: string;
  stored_at: string;
  type: RowType;
  state: RowState;
  outcome: string | null;
  attempts: number;
  platform: PlatformId;
  connection_name: string;
  conversation_id: string | null;
  data: Record<string, unknown> | null;
  total_ms: number | null;
};

/** A tenant's events and unreadable deliveries, the newest first, a page at a time. */
export function listEvents(db: Database, tenantId: string, filter: InspectorFilter): Promise<InspectorPage> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.execute<ListRow>(sql`
      SELECT l.*, c.platform, c.name AS connection_name, (extract(epoch FROM l.stored_at) * 1000000)::bigint::text AS micros
      FROM (${listed(filter, filter.after)} ORDER BY stored_at DESC, id DESC LIMIT ${PAGE_SIZE + 1}) l
      JOIN connections c ON c.id = l.connection_id
      ORDER BY l.stored_at DESC, l.id DESC`);
    const [counted] = await tx.execute<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM (${listed(filter, undefined)} LIMIT ${MOST_COUNTED + 1}) all_rows`,
    );
    const page = rows.slice(0, PAGE_SIZE);
    const last = page.at(-1);
    const n = counted?.n ?? 0;
    return {
      rows: page.map(toRow),
      count: Math.min(n, MOST_COUNTED),
      countedAll: n <= MOST_COUNTED,
      next: rows.length > PAGE_SIZE && last ? cursorText({ micros: last.micros, id: last.id }) : undefined,
    };
  });
}

/** Both halves under the filter, as one query without an order. */
function listed(filter: InspectorFilter, after: Cursor | undefined): SQL {
  return sql`SELECT * FROM (
    SELECT 'event' AS kind, e.id, e.stored_at, e.type, e.state, e.outcome, ${FAILED_ATTEMPTS} AS attempts, e.connection_id,
      e.conversation_id, e.data, (SELECT max(s.value::float8) FROM jsonb_each_text(e.trail->'at') s
        WHERE s.key NOT IN ('acknowledged', 'painted')) - (e.trail->'at'->>'received')::float8 AS total_ms
    FROM events e WHERE ${eventConditions(filter, after)}
    UNION ALL
    SELECT 'delivery', d.id, d.stored_at, 'delivery', d.state, d.reason, d.attempts, d.connection_id, NULL, NULL, NULL
    FROM deliveries d WHERE ${deliveryConditions(filter, after)}
  ) both_kinds`;
}

/** A start is counted before its end is known: of an event that is being worked on, the present one is no failure. */
const FAILED_ATTEMPTS = sql`(CASE WHEN e.state = 'pending'
  THEN least(e.attempts, greatest(e.attempts - 1, jsonb_array_length(e.trail->'attempts')))
  ELSE e.attempts END)`;

function eventConditions(filter: InspectorFilter, after: Cursor | undefined): SQL {
  const types = filter.types.filter((type) => type !== "delivery");
  return allOf([
    ...shared(filter, after, sql`e`),
    filter.types.length > 0 && sql`e.type IN ${list(types)}`,
    filter.states.length > 0 && sql`e.state IN ${list(filter.states)}`,
    filter.conversation && sql`e.conversation_id = ${filter.conversation}`,
    filter.errorsOnly && sql`(e.state = 'dead' OR ${FAILED_ATTEMPTS} > 0)`,
  ]);
}

/** Only what nobody could read has no event of its own; every other delivery is listed by its events. */
function deliveryConditions(filter: InspectorFilter, after: Cursor | undefined): SQL {
  const wanted = (filter.types.length === 0 || filter.types.includes("delivery")) && !filter.conversation;
  return allOf([
    ...shared(filter, after, sql`d`),
    sql`d.state IN ('dead', 'parked')`,
    filter.states.length > 0 && sql`d.state IN ${list(filter.states)}`,
    filter.errorsOnly && sql`d.state = 'dead'`,
    !wanted && sql`false`,
  ]);
}

function shared(filter: InspectorFilter, after: Cursor | undefined, row: SQL): (SQL | false | undefined)[] {
  return [
    filter.connections.length > 0 && sql`${row}.connection_id IN ${list(filter.connections)}`,
    filter.from && sql`${row}.stored_at >= ${filter.from.toISOString()}`,
    filter.to && sql`${row}.stored_at < ${filter.to.toISOString()}`,
    // Whole microseconds: a time that went through JavaScript would have lost them.
    after &&
      sql`(${row}.stored_at, ${row}.id) < (timestamptz 'epoch' + ${after.micros}::bigint * interval '1 microsecond', ${after.id}::uuid)`,
  ];
}

function list(values: readonly string[]): SQL {
  return values.length === 0
    ? sql`(NULL)`
    : sql`(${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )})`;
}

function allOf(conditions: (SQL | false | "" | undefined)[]): SQL {
  const given = conditions.filter((condition): condition is SQL => Boolean(condition));
  return given.length === 0 ? sql`true` : sql.join(given, sql` AND `);
}

function toRow(row: ListRow): InspectorRow {
  const outcome = redactText(row.outcome ?? "");
  return {
    kind: row.kind,
    id: row.id,
    at: new Date(row.stored_at).toISOString(),
    type: row.type,
    state: row.state,
    outcome,
    attempts: row.attempts,
    platform: row.platform,
    connectionName: row.connection_name,
    conversationId: row.conversation_id ?? undefined,
    summary: row.data ? summarizeEvent(row.type, row.data) : outcome,
    totalMs: row.total_ms === null ? undefined : Number(row.total_ms),
  };
}
