import { and, desc, eq, lte } from "drizzle-orm";
import { type CheckOutcome, connectionChecks } from "#/drizzle/schema/connection-checks.ts";
import { connections } from "#/drizzle/schema/connections.ts";
import type { CheckStep } from "#/lib/connectors/connector.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Connection } from "./find-connection.ts";

type Run = {
  steps: readonly CheckStep[];
  /** Every step that was to be run has ended. */
  whole: boolean;
  /** Only the steps up to one of them were to be run. */
  part: boolean;
  began: number;
  ended: number;
  userId: string | undefined;
};

/** A connection's older tests make room. */
const KEPT = 200;

/** Notes a test that was run. The connection's page shows the last whole one, with the steps that were run since. */
export function keepCheck(db: Database, { id, tenantId }: Connection, run: Run): Promise<void> {
  return withTenant(db, tenantId, async (tx) => {
    const own = eq(connections.id, id);
    const [row] = await tx
      .select({ lastCheck: connections.lastCheck })
      .from(connections)
      .where(own)
      .for("update");
    // Deleted while it was tested.
    if (!row) return;
    const failed = run.steps.find((step) => step.outcome === "failed");
    await tx.insert(connectionChecks).values({
      tenantId,
      connectionId: id,
      outcome: outcomeOf(run),
      failedStep: failed?.name ?? null,
      reason: failed?.outcome === "failed" ? failed.reason : null,
      ms: Math.max(0, Math.round(run.ended - run.began)),
      steps: [...run.steps],
      userId: run.userId ?? null,
      createdAt: new Date(run.began),
    });
    await makeRoom(tx, id);
    if (!run.whole) return;
    const at = new Date(run.ended).toISOString();
    const steps = run.part ? joined(row.lastCheck?.steps ?? [], run.steps) : [...run.steps];
    await tx.update(connections).set({ lastCheck: { at, steps } }).where(own);
  });
}

function outcomeOf({ steps, whole }: Run): CheckOutcome {
  if (steps.some(({ outcome }) => outcome === "failed")) return "failed";
  if (!whole) return "stopped";
  return steps.some(({ outcome }) => outcome === "waiting") ? "waiting" : "passed";
}

/** The former steps in their places, each with its newest answer; new ones behind them. */
function joined(former: readonly unknown[], fresh: readonly CheckStep[]): unknown[] {
  const nameOf = (step: unknown) => (step as { name?: unknown } | null)?.name;
  const kept = former.map((step) => fresh.find(({ name }) => name === nameOf(step)) ?? step);
  return [...kept, ...fresh.filter(({ name }) => !former.some((step) => nameOf(step) === name))];
}

async function makeRoom(tx: TenantTransaction, connectionId: string): Promise<void> {
  const own = eq(connectionChecks.connectionId, connectionId);
  const [oldest] = await tx
    .select({ id: connectionChecks.id })
    .from(connectionChecks)
    .where(own)
    .orderBy(desc(connectionChecks.id))
    .offset(KEPT)
    .limit(1);
  if (oldest) await tx.delete(connectionChecks).where(and(own, lte(connectionChecks.id, oldest.id)));
}
