import { sql } from "drizzle-orm";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import { privacySettings, type RetentionReport } from "#/drizzle/schema/privacy-settings.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import { cutoffOf } from "./count-expired.ts";
import { type ExpiredRows, expiredRows } from "./expired-rows.ts";
import { readPrivacySettings } from "./privacy-settings.ts";
import { RETENTION_KINDS, type RetentionKind } from "./retention-rules.ts";

/** Rows a transaction: short enough that nobody waits for its locks. */
const BATCH = 500;
/** Cascades take a conversation's events, cards and messages along: fewer of them at a time. */
const CONVERSATION_BATCH = 50;
const HOURS_BETWEEN = 24;
/** A batch takes well under a second; past this the process is taken for dead and another may go on. */
export const HOLD_SECONDS = 300;

export type RetentionDeps = { db: Database; clock: Clock };

/** Tenants whose round is due; each is the caller's for `HOLD_SECONDS`, and longer with each batch. */
export async function dueTenants(db: Database, most: number): Promise<string[]> {
  const rows = await db.execute<{ tenant_id: string }>(
    sql`select * from across.due_retention(${most}, ${HOLD_SECONDS})`,
  );
  return rows.map(({ tenant_id }) => tenant_id);
}

/**
 * One round for one tenant: deletes what has passed its time, kind by kind, in short transactions. It can be stopped
 * between any two and begun again; what is gone is gone once. How far it is stands in the settings as it goes.
 */
export async function enforceRetention(
  deps: RetentionDeps,
  tenantId: string,
  signal: AbortSignal,
): Promise<Partial<Record<RetentionKind, number>>> {
  const { days } = await readPrivacySettings(deps.db, tenantId);
  const deleted: Partial<Record<RetentionKind, number>> = {};
  for (const kind of RETENTION_KINDS) {
    const round = { tenantId, kind, startedAt: new Date(deps.clock()).toISOString() };
    let count = 0;
    for (const [place, rows] of expiredRows(kind, cutoffOf(deps.clock, days[kind])).entries()) {
      for (let more = true; more && !signal.aborted; ) {
        const gone = await deleteBatch(deps, {
          ...round,
          rows,
          before: count,
          counts: place === 0 || kind === "metric",
        });
        if (place === 0 || kind === "metric") count += gone;
        more = gone > 0;
      }
    }
    if (signal.aborted) return deleted;
    deleted[kind] = count;
    await report(deps, round, { deleted: count, finishedAt: new Date(deps.clock()).toISOString() });
  }
  await finish(deps, tenantId, deleted);
  return deleted;
}

type Round = { tenantId: string; kind: RetentionKind; startedAt: string };
type Batch = Round & { rows: ExpiredRows; before: number; counts: boolean };

function deleteBatch(deps: RetentionDeps, { rows, before, counts, ...round }: Batch): Promise<number> {
  const { table, key, where } = rows;
  const most = table === "conversations" ? CONVERSATION_BATCH : BATCH;
  return withTenant(deps.db, round.tenantId, async (tx) => {
    const named = sql.identifier(table);
    const column = sql.identifier(key);
    const gone = await tx.execute(
      sql`delete from ${named} where ${column} in (select ${column} from ${named} where ${where} limit ${most}) returning 1`,
    );
    if (gone.length > 0) await writeReport(tx, round, { deleted: before + (counts ? gone.length : 0) });
    return gone.length;
  });
}

type Progress = Pick<RetentionReport, "deleted" | "finishedAt">;

function report(deps: RetentionDeps, round: Round, progress: Progress): Promise<void> {
  return withTenant(deps.db, round.tenantId, (tx) => writeReport(tx, round, progress));
}

async function writeReport(
  tx: TenantTransaction,
  { kind, startedAt }: Round,
  progress: Progress,
): Promise<void> {
  const written = JSON.stringify({ [kind]: { startedAt, ...progress } satisfies RetentionReport });
  await tx.update(privacySettings).set({
    lastRun: sql`${privacySettings.lastRun} || ${written}::jsonb`,
    heldUntil: sql`clock_timestamp() + make_interval(secs => ${HOLD_SECONDS})`,
  });
}

/** The next round is due a day on; what was deleted is noted in the audit log, by nobody in particular. */
function finish(
  deps: RetentionDeps,
  tenantId: string,
  deleted: Partial<Record<RetentionKind, number>>,
): Promise<void> {
  const some = Object.entries(deleted).filter(([, count]) => count > 0);
  return withTenant(deps.db, tenantId, async (tx) => {
    await tx.update(privacySettings).set({
      heldUntil: null,
      nextRunAt: sql`clock_timestamp() + make_interval(hours => ${HOURS_BETWEEN})`,
    });
    if (some.length > 0)
      await tx.insert(auditEntries).values({
        tenantId,
        action: "retention.deleted",
        target: "retention",
        detail: Object.fromEntries(some.map(([kind, count]) => [kind, String(count)])),
      });
  });
}

/** Lets another process begin at once what this one leaves undone. */
export function letGo(db: Database, tenantId: string): Promise<void> {
  return withTenant(db, tenantId, async (tx) => {
    await tx.update(privacySettings).set({ heldUntil: null });
  });
}
