import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, moment, tenantId } from "./columns.ts";
import { connections } from "./connections.ts";

export type DeliveryState = "stored" | "processed" | "parked" | "dead";

/** What a door took in, as it came. The door answered success only after this row was committed. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: id(),
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    /** `audiohook`, `widget`: the way it came in. */
    door: text("door").notNull(),
    /** The platform's own message id, or a hash of the bytes where it has none. */
    messageId: text("message_id").notNull(),
    payload: jsonb("payload").notNull(),
    state: text("state").$type<DeliveryState>().notNull().default("stored"),
    reason: text("reason"),
    attempts: integer("attempts").notNull().default(0),
    /** Each attempt that failed: when, and why. */
    failures: jsonb("failures").$type<{ at: number; error: string }[]>().notNull().default([]),
    nextAttemptAt: moment("next_attempt_at").notNull().defaultNow(),
    receivedAt: moment("received_at").notNull(),
    storedAt: moment("stored_at").notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.connectionId, table.messageId),
    unique().on(table.tenantId, table.id),
    index().on(table.state, table.nextAttemptAt),
    // How one connection does: its last deliveries and their states.
    index().on(table.connectionId, table.storedAt),
    // What nobody could read is listed by the inspector, the newest first.
    index("deliveries_unread")
      .on(table.tenantId, table.storedAt, table.id)
      .where(sql`${table.state} IN ('dead', 'parked')`),
    // What waits for one conversation, found without reading the whole backlog.
    index("deliveries_waiting")
      .on(table.connectionId, sql`(${table.payload}->>'conversationId')`)
      .where(sql`${table.state} = 'stored'`),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);
