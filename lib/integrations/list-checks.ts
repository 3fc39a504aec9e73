import { and, desc, eq, lt } from "drizzle-orm";
import { type CheckOutcome, connectionChecks } from "#/drizzle/schema/connection-checks.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { readPeople } from "#/lib/tenancy/read-people.ts";

export type CheckRow = {
  id: string;
  at: Date;
  outcome: CheckOutcome;
  failedStep: string | undefined;
  reason: string | undefined;
  ms: number;
  /** Undefined: nobody did, a timer ran it. */
  by: string | undefined;
  steps: unknown[];
};

const PAGE = 20;

/** A connection's tests, newest first; `next` is where the following page begins. */
export function listChecks(
  db: Database,
  tenantId: string,
  { connectionId, before }: { connectionId: string; before?: string | undefined },
): Promise<{ checks: CheckRow[]; next: string | undefined }> {
  return withTenant(db, tenantId, async (tx) => {
    const own = eq(connectionChecks.connectionId, connectionId);
    const rows = await tx
      .select()
      .from(connectionChecks)
      .where(before ? and(own, lt(connectionChecks.id, before)) : own)
      .orderBy(desc(connectionChecks.id))
      .limit(PAGE + 1);
    const people = await readPeople(
      tx,
      rows.flatMap(({ userId }) => userId ?? []),
    );
    const shown = rows.slice(0, PAGE);
    return {
      checks: shown.map(({ id, createdAt, outcome, failedStep, reason, ms, userId, steps }) => ({
        id,
        at: createdAt,
        outcome,
        failedStep: failedStep ?? undefined,
        reason: reason ?? undefined,
        ms,
        by: userId ? (people.get(userId)?.name ?? "a former member") : undefined,
        steps,
      })),
      next: rows.length > PAGE ? shown.at(-1)?.id : undefined,
    };
  });
}
