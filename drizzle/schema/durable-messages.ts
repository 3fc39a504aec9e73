import { foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, moment, tenantId } from "./columns.ts";
import { conversations } from "./conversations.ts";

/** What every widget of a conversation must show, numbered without gaps (`lib/realtime/contract.ts`). */
export const durableMessages = pgTable(
  "durable_messages",
  {
    id: id(),
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    seq: integer("seq").notNull(),
    /** Makes the append idempotent: an event's message of one kind is appended once. */
    key: text("key").notNull(),
    eventId: uuid("event_id"),
    body: jsonb("body").$type<unknown>().notNull(),
    emittedAt: moment("emitted_at").notNull().defaultNow(),
    acknowledgedAt: moment("acknowledged_at"),
    paintedAt: moment("painted_at"),
  },
  (table) => [
    unique().on(table.conversationId, table.seq),
    unique().on(table.conversationId, table.key),
    index().on(table.eventId),
    foreignKey({
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
  ],
);
