import { boolean, integer, jsonb, pgTable } from "drizzle-orm/pg-core";
import { moment, tenantId, timestamps } from "./columns.ts";

/** What the last round of deleting did for one kind of data. */
export type RetentionReport = {
  startedAt: string;
  finishedAt?: string;
  deleted: number;
  /** Why it stopped, in words a person can act on. */
  problem?: string;
};

/**
 * How long a tenant's data is kept, in days, and what is masked before a language model reads it. A tenant without a
 * row has these defaults; the job that deletes makes the row.
 */
export const privacySettings = pgTable("privacy_settings", {
  tenantId: tenantId().primaryKey(),
  maskBeforeModel: boolean("mask_before_model").notNull().default(true),
  payloadDays: integer("payload_days").notNull().default(30),
  conversationDays: integer("conversation_days").notNull().default(90),
  suggestionDays: integer("suggestion_days").notNull().default(90),
  summaryDays: integer("summary_days").notNull().default(90),
  auditDays: integer("audit_days").notNull().default(730),
  metricDays: integer("metric_days").notNull().default(90),
  /** When the next round is due; the job moves it. */
  nextRunAt: moment("next_run_at").notNull().defaultNow(),
  /** A round is under way until then; past it, another process may start again. */
  heldUntil: moment("held_until"),
  lastRun: jsonb("last_run").$type<Record<string, RetentionReport>>().notNull().default({}),
  ...timestamps,
});
