import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { Channel } from "#/lib/events/conversation-event.ts";
import { id, moment, tenantId, timestamps } from "./columns.ts";
import { connections } from "./connections.ts";

/** A call or a chat, and the numbering of what its widgets must see. */
export const conversations = pgTable(
  "conversations",
  {
    id: id(),
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    platformConversationId: text("platform_conversation_id").notNull(),
    channel: text("channel").$type<Channel>(),
    queueId: text("queue_id"),
    queueName: text("queue_name"),
    agentId: text("agent_id"),
    agentName: text("agent_name"),
    language: text("language"),
    /** The number of the last durable message. */
    lastSeq: integer("last_seq").notNull().default(0),
    /** Who works on this conversation now; past `claimedUntil` anyone may take it. */
    claim: uuid("claim"),
    claimedUntil: moment("claimed_until"),
    startedAt: moment("started_at").notNull(),
    endedAt: moment("ended_at"),
    /** When a widget first showed something of it, and when an agent last judged or used a card. */
    widgetAt: moment("widget_at"),
    feedbackAt: moment("feedback_at"),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    unique().on(table.tenantId, table.connectionId, table.platformConversationId),
    index().on(table.tenantId, table.startedAt),
    // The list's filters, each with the list's own order.
    index().on(table.tenantId, table.queueId, table.startedAt),
    index().on(table.tenantId, table.agentId, table.startedAt),
    index().on(table.tenantId, table.connectionId, table.startedAt),
    index("conversations_with_feedback")
      .on(table.tenantId, table.startedAt)
      .where(sql`${table.feedbackAt} is not null`),
    // An id is found by its beginning.
    index("conversations_by_platform_id").on(
      table.tenantId,
      table.platformConversationId.op("text_pattern_ops"),
    ),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);
