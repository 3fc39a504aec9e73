import { sql } from "drizzle-orm";
import { check, customType, foreignKey, index, pgTable, uuid } from "drizzle-orm/pg-core";
import { id, moment, tenantId } from "./columns.ts";
import { deliveries } from "./deliveries.ts";
import { events } from "./events.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * The words of an event, or of a delivery that nobody could read, after redaction: what the inspector's search looks
 * through. Nothing that was redacted can be found by it. A table of its own, since events change often and words never.
 */
export const eventTexts = pgTable(
  "event_texts",
  {
    /** The event's or the delivery's own id. */
    id: id(),
    tenantId: tenantId(),
    eventId: uuid("event_id"),
    deliveryId: uuid("delivery_id"),
    storedAt: moment("stored_at").notNull(),
    words: tsvector("words").notNull(),
  },
  (table) => [
    index().on(table.tenantId, table.storedAt, table.id),
    index().using("gin", table.words),
    index().on(table.deliveryId).where(sql`${table.deliveryId} IS NOT NULL`),
    index().on(table.eventId).where(sql`${table.eventId} IS NOT NULL`),
    check("event_texts_of_one", sql`num_nonnulls(${table.eventId}, ${table.deliveryId}) = 1`),
    foreignKey({
      columns: [table.tenantId, table.eventId],
      foreignColumns: [events.tenantId, events.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.tenantId, table.deliveryId],
      foreignColumns: [deliveries.tenantId, deliveries.id],
    }).onDelete("cascade"),
  ],
);
