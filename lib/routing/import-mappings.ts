import { createHash } from "node:crypto";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import type { BulkUndo } from "./bulk-change.ts";
import { listChoices } from "./list-choices.ts";
import { listMappings } from "./list-mappings.ts";
import { type CsvRow, readMappingsCsv } from "./mapping-csv.ts";
import { type PlannedRow, planRow, repeatedIn } from "./plan-import.ts";
import { writeMapping } from "./save-mapping.ts";

/** What a file would do, row by row. `fingerprint` stands for the file and for what it would meet. */
export type ImportPlan =
  | { problem: string }
  | { rows: PlannedRow[]; fingerprint: string; errors: number; added: number; changed: number; same: number };

/** Reads a file and says what it would do, without doing it. */
export async function planImport(db: Database, tenantId: string, text: string): Promise<ImportPlan> {
  const read = readMappingsCsv(text);
  if ("problem" in read) return read;
  const rows = await plannedRows(db, tenantId, read.rows);
  const count = (action: PlannedRow["action"]) => rows.filter((row) => row.action === action).length;
  const counts = {
    errors: count("error"),
    added: count("add"),
    changed: count("change"),
    same: count("same"),
  };
  return { rows, fingerprint: fingerprintOf(rows), ...counts };
}

async function plannedRows(db: Database, tenantId: string, rows: readonly CsvRow[]): Promise<PlannedRow[]> {
  const [choices, table] = await Promise.all([listChoices(db, tenantId), listMappings(db, tenantId)]);
  const repeated = repeatedIn(rows);
  return rows.map((row) => planRow(row, { choices, mappings: table.mappings, repeated }));
}

function fingerprintOf(rows: readonly PlannedRow[]): string {
  const facts = rows.map(({ line, action, form }) => [line, action, form]);
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 32);
}

/**
 * Does what a plan said, all of it or nothing. Where the file or what it would meet is no longer as it was shown, nothing
 * is changed.
 */
export async function importMappings(
  db: Database,
  actor: Actor,
  { text, fingerprint }: { text: string; fingerprint: string },
): Promise<{ added: number; changed: BulkUndo["changed"] }> {
  const plan = await planImport(db, actor.tenantId, text);
  if ("problem" in plan) throw new AppError("invalid_input", plan.problem);
  if (plan.errors > 0) throw new AppError("invalid_input", "The file has errors. Nothing was changed.");
  if (plan.fingerprint !== fingerprint)
    throw new AppError("conflict", "A mapping was changed since the file was checked. Check it again.");
  return withTenant(db, actor.tenantId, async (tx) => {
    const changed: BulkUndo["changed"] = [];
    for (const row of plan.rows) await applyRow(tx, actor, row, changed);
    const detail = { added: `${plan.added}`, changed: `${plan.changed}` };
    await audit(tx, actor, { action: "mapping.imported", target: "queue mappings", detail });
    return { added: plan.added, changed };
  });
}

async function applyRow(
  tx: TenantTransaction,
  actor: Actor,
  { action, form, line }: PlannedRow,
  changed: BulkUndo["changed"],
): Promise<void> {
  if (!form || (action !== "add" && action !== "change")) return;
  const saved = await writeMapping(tx, actor, form, "csv");
  if ("stale" in saved)
    throw new AppError("conflict", `The queue in line ${line} was changed meanwhile. Check the file again.`);
  if (action === "change" && form.version !== undefined)
    changed.push({ mappingId: saved.mappingId, before: form.version, after: saved.version });
}
