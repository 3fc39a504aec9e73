import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { SummaryFields, SummaryState } from "#/lib/events/summary.ts";
import { id, moment, tenantId, timestamps } from "./columns.ts";
import { conversations } from "./conversations.ts";

/** A conversation's summary: what was drafted, and what the agent has written over it. */
export const summaries = pgTable(
  "summaries",
  {
    id: id(),
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    /** Grows with every draft and every edit. */
    version: integer("version").notNull().default(0),
    fields: jsonb("fields").$type<SummaryFields>().notNull(),
    state: text("state").$type<SummaryState>().notNull().default("wanted"),
    reason: text("reason"),
    /** `extractive`, or the model's own name. */
    model: text("model"),
    /** The last event that the draft has seen. */
    draftedTo: uuid("drafted_to"),
    draftedAt: moment("drafted_at"),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    unique().on(table.conversationId),
    index().on(table.updatedAt).where(sql`${table.state} = 'wanted'`),
    foreignKey({
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
  ],
);
