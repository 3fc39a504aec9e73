import { bigint, foreignKey, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, tenantId } from "./columns.ts";
import { connections } from "./connections.ts";

/** How far a connection's stream was taken; moves with the deliveries that it stands behind, and never back. */
export const streamPositions = pgTable(
  "stream_positions",
  {
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    /** Host, tenant, namespace and topic: ids of another cluster mean nothing here. */
    stream: text("stream").notNull(),
    /** The last message that was stored; none before the first. */
    messageId: text("message_id"),
    /** Where that message stands, greater for a later one; empty where the platform's ids do not tell. */
    place: bigint("place", { mode: "number" }).array().notNull().default([]),
    openedAt: moment("opened_at").notNull().defaultNow(),
    movedAt: moment("moved_at"),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.stream] }),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);
