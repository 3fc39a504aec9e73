import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, tenantId } from "./columns.ts";
import { conversations } from "./conversations.ts";

/** `sources`: passages without a sentence that they support; `unanswered`: nothing was found, or it was too weak. */
export type AnswerKind = "answered" | "sources" | "unanswered";

/**
 * What became of a turn that asked for something: one narrow row an event, written where the card, its painting and
 * the agent's word are, so that figures over months need neither payloads nor trails. Outlives the event's payload.
 */
export const answers = pgTable(
  "answers",
  {
    tenantId: tenantId(),
    eventId: uuid("event_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    kind: text("kind").$type<AnswerKind>().notNull(),
    /** Whether the agent asked on purpose. */
    asked: boolean("asked").notNull().default(false),
    /** The card of the last generation. */
    suggestionId: uuid("suggestion_id"),
    /** As the conversation had them at that time. */
    queueId: text("queue_id"),
    queueName: text("queue_name"),
    agentId: text("agent_id"),
    agentName: text("agent_name"),
    at: moment("at").notNull(),
    /** From the door to the card's sending, and to its painting; null for a replay, where nobody waited. */
    waitMs: integer("wait_ms"),
    paintedMs: integer("painted_ms"),
    /** Of the best passage, and what the profile asked for. */
    confidence: real("confidence"),
    threshold: real("threshold"),
    copied: boolean("copied").notNull().default(false),
    inserted: boolean("inserted").notNull().default(false),
    sent: boolean("sent").notNull().default(false),
    opened: boolean("opened").notNull().default(false),
    /** 1 helpful, -1 rejected. */
    verdict: smallint("verdict"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.eventId] }),
    index().on(table.tenantId, table.at),
    index().on(table.conversationId),
    // The questions behind the knowledge gaps.
    index("answers_gaps")
      .on(table.tenantId, table.at)
      .where(sql`${table.kind} = 'unanswered' or ${table.verdict} < 0`),
    foreignKey({
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
  ],
);
