import { foreignKey, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, moment, tenantId } from "./columns.ts";
import { connections } from "./connections.ts";

/** A queue as its platform lists it. Kept when the platform forgets it: a mapping may still point at it. */
export const platformQueues = pgTable(
  "platform_queues",
  {
    id: id(),
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    queueId: text("queue_id").notNull(),
    name: text("name").notNull(),
    seenAt: moment("seen_at").notNull().defaultNow(),
    /** Since when the platform's list is without it. */
    goneAt: moment("gone_at"),
  },
  (table) => [
    unique().on(table.tenantId, table.connectionId, table.queueId),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);
