import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { EventType } from "#/lib/events/conversation-event.ts";
import type { Trail } from "#/lib/events/trail.ts";
import { id, moment, tenantId } from "./columns.ts";
import { conversations } from "./conversations.ts";

export type EventState = "pending" | "done" | "dead";

/** The canonical event, what became of it, and when each stage was through with it. */
export const events = pgTable(
  "events",
  {
    id: id(),
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    deliveryId: uuid("delivery_id").notNull(),
    type: text("type").$type<EventType>().notNull(),
    occurredAt: moment("occurred_at").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    state: text("state").$type<EventState>().notNull().default("pending"),
    /** What was decided and why: `suggested`, `silent: greeting`, `dead: …`. */
    outcome: text("outcome"),
    attempts: integer("attempts").notNull().default(0),
    /** A replay by a person starts the next generation; a suggestion is unique within one. */
    generation: integer("generation").notNull().default(0),
    nextAttemptAt: moment("next_attempt_at").notNull().defaultNow(),
    trail: jsonb("trail").$type<Trail>().notNull(),
    storedAt: moment("stored_at").notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    index().on(table.conversationId, table.state, table.occurredAt),
    index().on(table.state, table.nextAttemptAt),
    index().on(table.tenantId, table.storedAt, table.id),
    index().on(table.connectionId, table.storedAt, table.id),
    // Conversations with something that failed are few.
    index("events_dead").on(table.tenantId, table.conversationId).where(sql`${table.state} = 'dead'`),
    // What the inspector is asked for most and what is rare: found without reading past everything else.
    index("events_dead_latest")
      .on(table.tenantId, table.storedAt, table.id)
      .where(sql`${table.state} = 'dead'`),
    index("events_retried")
      .on(table.tenantId, table.storedAt, table.id)
      .where(sql`${table.state} = 'done' AND ${table.attempts} > 0`),
    index("events_not_spoken")
      .on(table.tenantId, table.type, table.storedAt, table.id)
      .where(sql`${table.type} <> 'utterance'`),
    foreignKey({
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
  ],
);

/** The slim memory of what was seen; outlives the payloads, or retention would reopen duplicates. */
export const eventKeys = pgTable(
  "event_keys",
  {
    tenantId: tenantId(),
    eventId: uuid("event_id").notNull(),
    seenAt: moment("seen_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.eventId] })],
);
