import * as z from "zod";
import { privacySettings, type RetentionReport } from "#/drizzle/schema/privacy-settings.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import {
  MOST_DAYS,
  RETENTION_KINDS,
  RETENTION_RULES,
  type RetentionDays,
  type RetentionKind,
} from "./retention-rules.ts";

export type PrivacySettings = {
  maskBeforeModel: boolean;
  days: RetentionDays;
  /** Undefined while the job has not met this tenant yet. */
  nextRunAt: Date | undefined;
  running: boolean;
  lastRun: Partial<Record<RetentionKind, RetentionReport>>;
};

const DEFAULT_DAYS: RetentionDays = {
  payload: 30,
  suggestion: 90,
  summary: 90,
  conversation: 90,
  metric: 90,
  audit: 730,
};

const COLUMNS = {
  payload: "payloadDays",
  suggestion: "suggestionDays",
  summary: "summaryDays",
  conversation: "conversationDays",
  metric: "metricDays",
  audit: "auditDays",
} as const satisfies Record<RetentionKind, string>;

export function readPrivacySettings(db: Database, tenantId: string): Promise<PrivacySettings> {
  return withTenant(db, tenantId, readIn);
}

export async function readIn(tx: TenantTransaction): Promise<PrivacySettings> {
  const [row] = await tx.select().from(privacySettings);
  if (!row)
    return { maskBeforeModel: true, days: DEFAULT_DAYS, nextRunAt: undefined, running: false, lastRun: {} };
  const days = Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, row[COLUMNS[kind]]])) as RetentionDays;
  const running = row.heldUntil !== null && row.heldUntil > new Date();
  return {
    maskBeforeModel: row.maskBeforeModel,
    days,
    nextRunAt: row.nextRunAt,
    running,
    lastRun: row.lastRun,
  };
}

const daysOf = (kind: RetentionKind) => {
  const { least } = RETENTION_RULES[kind];
  const words = `Enter whole days, from ${least} to ${MOST_DAYS}.`;
  return z.coerce.number(words).int(words).min(least, words).max(MOST_DAYS, words);
};

export const retentionFormSchema = z
  .object({
    payload: daysOf("payload"),
    suggestion: daysOf("suggestion"),
    summary: daysOf("summary"),
    conversation: daysOf("conversation"),
    metric: daysOf("metric"),
    audit: daysOf("audit"),
  })
  .superRefine((days, context) => {
    for (const kind of ["payload", "suggestion", "summary"] as const)
      if (days[kind] > days.conversation)
        context.addIssue({
          code: "custom",
          path: [kind],
          message: `Goes with its conversation after ${days.conversation} days: enter that or less.`,
        });
  });

/** Stores how long data is kept; the next round of the job goes by it. */
export function saveRetention(db: Database, actor: Actor, days: RetentionDays): Promise<void> {
  const columns = Object.fromEntries(RETENTION_KINDS.map((kind) => [COLUMNS[kind], days[kind]]));
  return withTenant(db, actor.tenantId, async (tx) => {
    const before = await readIn(tx);
    await upsert(tx, actor.tenantId, columns);
    const changed = RETENTION_KINDS.filter((kind) => before.days[kind] !== days[kind]);
    await audit(tx, actor, {
      action: "retention.saved",
      target: "retention",
      detail: Object.fromEntries(changed.map((kind) => [kind, `${before.days[kind]} to ${days[kind]} days`])),
    });
  });
}

export const maskingFormSchema = z.object({
  mask: z.union([z.boolean(), z.literal("on").transform(() => true)]).default(false),
});

export function saveMasking(db: Database, actor: Actor, mask: boolean): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await upsert(tx, actor.tenantId, { maskBeforeModel: mask });
    await audit(tx, actor, {
      action: "masking.saved",
      target: "models",
      detail: { masked: mask ? "yes" : "no" },
    });
  });
}

/** Has the job begin a round with its next look, which is seconds away. */
export function askForRetention(db: Database, actor: Actor): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await upsert(tx, actor.tenantId, { nextRunAt: new Date() });
    await audit(tx, actor, { action: "retention.started", target: "retention" });
  });
}

function upsert(tx: TenantTransaction, tenantId: string, set: Partial<typeof privacySettings.$inferInsert>) {
  return tx
    .insert(privacySettings)
    .values({ tenantId, ...set })
    .onConflictDoUpdate({ target: privacySettings.tenantId, set });
}
