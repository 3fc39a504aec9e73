import { foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { moment, tenantId, timestamps } from "./columns.ts";
import { conversations } from "./conversations.ts";

export type WriteBackKind = "message" | "summary";
/** `sending` may have reached the platform; only looking there tells. */
export type WriteBackState = "sending" | "sent" | "failed";

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
    suggestionId: uuid("suggestion_id"),
    /** What was written: `{ text }`, or `{ codeId, codeName, notes, provisional }`. */
    content: jsonb("content").$type<Record<string, unknown>>().notNull(),
    /** The platform's own id of the message, once it is known. */
    platformId: text("platform_id"),
    reason: text("reason"),
    attempts: integer("attempts").notNull().default(1),
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
