import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { frozenFilter, parseFilter, type SearchParams } from "./inspector-filter.ts";
import { type InspectorRow, listRows } from "./list-events.ts";

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const PAGE = 500;

const COLUMNS = {
  time: (row) => row.at,
  kind: (row) => row.kind,
  id: (row) => row.id,
  type: (row) => row.type,
  state: (row) => row.state,
  outcome: (row) => row.outcome,
  failedAttempts: (row) => row.attempts,
  platform: (row) => row.platform,
  connection: (row) => row.connectionName,
  conversation: (row) => row.conversationId,
  agent: (row) => row.agent,
  queue: (row) => row.queue,
  content: (row) => row.summary,
  totalMs: (row) => row.totalMs,
} as const satisfies Record<string, (row: InspectorRow) => string | number | undefined>;

/**
 * Everything under a filter, page by page, as lines of a file; redacted like the list itself. It is audited before the
 * first line leaves.
 */
export async function exportEvents(
  db: Database,
  actor: Actor,
  params: SearchParams,
  format: ExportFormat,
): Promise<AsyncGenerator<string>> {
  const filter = frozenFilter(params, Date.now());
  const detail = { format, filter: JSON.stringify(filter).slice(0, 1_000) };
  await withTenant(db, actor.tenantId, (tx) =>
    audit(tx, actor, { action: "events.exported", target: "events", detail }),
  );
  return lines(db, actor.tenantId, filter, format);
}

async function* lines(db: Database, tenantId: string, filter: SearchParams, format: ExportFormat) {
  if (format === "csv") yield `${Object.keys(COLUMNS).join(",")}\r\n`;
  let after: string | undefined;
  do {
    const page = await listRows(db, tenantId, parseFilter({ ...filter, after }, Date.now()), PAGE);
    if (page.rows.length > 0) yield page.rows.map(format === "csv" ? csvLine : jsonLine).join("");
    after = page.next;
  } while (after);
}

function jsonLine(row: InspectorRow): string {
  const fields = Object.entries(COLUMNS).map(([name, read]) => [name, read(row)]);
  return `${JSON.stringify(Object.fromEntries(fields))}\n`;
}

function csvLine(row: InspectorRow): string {
  return `${Object.values(COLUMNS)
    .map((read) => csvCell(String(read(row) ?? "")))
    .join(",")}\r\n`;
}

/** What a customer said must not become a formula where the file is opened. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
