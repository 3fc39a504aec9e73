import { sql } from "drizzle-orm";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { redactText } from "#/lib/redaction/redact.ts";
import { cursorText, type InspectorFilter, type RowState, type RowType } from "./inspector-filter.ts";
import { counted, foundTexts, listed, MOST_FOUND } from "./list-query.ts";
import { summarizeEvent } from "./summarize.ts";

export const PAGE_SIZE = 50;
const MOST_COUNTED = 1_000;

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
  agent: string | undefined;
  queue: string | undefined;
  summary: string;
  /** From the door to the card, or to the last stage that there was. */
  totalMs: number | undefined;
};

export type InspectorPage = {
  rows: InspectorRow[];
  /** How many fit the filter; counting stops at 1,000. */
  count: number;
  countedAll: boolean;
  next: string | undefined;
  /** A search that left a page unfilled without having looked at everything: how far back it looked. */
  searchedTo: string | undefined;
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
  agent_name: string | null;
  queue_name: string | null;
};

/** A tenant's events and unreadable deliveries, the newest first, a page at a time. */
export function listEvents(
  db: Database,
  tenantId: string,
  filter: InspectorFilter,
  size = PAGE_SIZE,
): Promise<InspectorPage> {
  return withTenant(db, tenantId, async (tx) => {
    const { rows, next } = await readRows(tx, filter, size);
    const [count] = await tx.execute<{ n: number }>(counted(filter, MOST_COUNTED + 1));
    const n = count?.n ?? 0;
    const unseen = next || filter.search === undefined ? undefined : await searchedTo(tx, filter);
    return {
      rows,
      count: Math.min(n, MOST_COUNTED),
      countedAll:
        n <= MOST_COUNTED &&
        (filter.search === undefined || !(await searchedTo(tx, { ...filter, after: undefined }))),
      next: next ?? unseen?.cursor,
      searchedTo: unseen?.at,
    };
  });
}

/** The rows alone, for what goes through all pages. */
export function listRows(
  db: Database,
  tenantId: string,
  filter: InspectorFilter,
  size: number,
): Promise<{ rows: InspectorRow[]; next: string | undefined }> {
  return withTenant(db, tenantId, async (tx) => {
    const { rows, next } = await readRows(tx, filter, size);
    const unseen = next || filter.search === undefined ? undefined : await searchedTo(tx, filter);
    return { rows, next: next ?? unseen?.cursor };
  });
}

async function readRows(tx: TenantTransaction, filter: InspectorFilter, size: number) {
  const rows = await tx.execute<ListRow>(sql`
    SELECT l.*, c.platform, c.name AS connection_name, (extract(epoch FROM l.stored_at) * 1000000)::bigint::text AS micros,
      v.agent_name, v.queue_name
    FROM (${listed(filter, size + 1)}) l
    JOIN connections c ON c.id = l.connection_id LEFT JOIN conversations v ON v.id = l.conversation_id
    ORDER BY l.stored_at DESC, l.id DESC`);
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const next = rows.length > size && last ? cursorText({ micros: last.micros, id: last.id }) : undefined;
  return { rows: page.map(toRow), next };
}

/** Where a search stopped looking, if it did; the next page goes on behind it. */
async function searchedTo(tx: TenantTransaction, filter: InspectorFilter) {
  const [oldest] = await tx.execute<{ id: string; stored_at: string; micros: string; n: number }>(sql`
    SELECT id, stored_at, (extract(epoch FROM stored_at) * 1000000)::bigint::text AS micros, (count(*) OVER ())::int AS n
    FROM ${foundTexts(filter, filter.after, MOST_FOUND)} ORDER BY stored_at, id LIMIT 1`);
  if (!oldest || oldest.n < MOST_FOUND) return undefined;
  return { at: new Date(oldest.stored_at).toISOString(), cursor: cursorText(oldest) };
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
    agent: row.agent_name ?? undefined,
    queue: row.queue_name ?? undefined,
    summary: row.data ? summarizeEvent(row.type, row.data) : outcome,
    totalMs: row.total_ms === null ? undefined : Number(row.total_ms),
  };
}
