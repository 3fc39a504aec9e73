import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type Actor, audit } from "./audit.ts";
import type { AuditFilter } from "./audit-filter.ts";
import { type AuditRow, listAudit } from "./list-audit.ts";

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const PAGE = 500;

/** The log as text, page by page, newest first. That it was taken out stands in the log before the first line goes. */
export async function* exportAudit(
  db: Database,
  actor: Actor,
  { filter, format }: { filter: AuditFilter; format: ExportFormat },
): AsyncGenerator<string> {
  await withTenant(db, actor.tenantId, (tx) =>
    audit(tx, actor, { action: "audit.exported", target: "audit log", detail: { format } }),
  );
  if (format === "csv") yield "time,who,e-mail,action,target,detail\r\n";
  let after = filter.after;
  do {
    const page = await listAudit(db, actor.tenantId, { ...filter, after }, PAGE);
    yield page.rows.map(format === "csv" ? csvLine : jsonLine).join("");
    after = page.next;
  } while (after !== undefined);
}

function jsonLine({ id, at, who, action, target, detail }: AuditRow): string {
  return `${JSON.stringify({ id, at: at.toISOString(), who, action, target, detail })}\n`;
}

function csvLine({ at, who, action, target, detail }: AuditRow): string {
  const cells = [
    at.toISOString(),
    who?.name ?? "system",
    who?.email ?? "",
    action,
    target,
    JSON.stringify(detail),
  ];
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Quoted where it must be; a cell that a spreadsheet would calculate is made text. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
