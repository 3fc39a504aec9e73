import { boolean, foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { WriteBackKind, WriteBackState, WriteIntent } from "#/lib/events/write-back.ts";
import { moment, tenantId, timestamps } from "./columns.ts";
import { conversations } from "./conversations.ts";

/** What an agent had written to the platform: recorded before the platform is called, so that none is done twice. */
export const writeBacks = pgTable(
  "write_backs",
  {
    /** Made by the widget, once for each intent of a person. */
    id: uuid("id").notNull(),
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    kind: text("kind").$type<WriteBackKind>().notNull(),
    state: text("state").$type<WriteBackState>().notNull().default("sending"),
    agentId: text("agent_id"),
    agentName: text("agent_name"),
    suggestionId: uuid("suggestion_id"),
    content: jsonb("content").$type<WriteIntent>().notNull(),
    /** The platform's own id of the message, once it is known. */
    platformId: text("platform_id"),
    reason: text("reason"),
    /** Whether the same may succeed another time, as far as the platform's refusal tells. */
    retryable: boolean("retryable").notNull().default(true),
    attempts: integer("attempts").notNull().default(1),
    /** Who may perform the attempt under way; a repeat of a request whose answer was lost carries it again. */
    claim: uuid("claim"),
    startedAt: moment("started_at").notNull().defaultNow(),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    index().on(table.conversationId, table.createdAt),
    foreignKey({
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
  ],
);
