import { foreignKey, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, tenantId, timestamps } from "./columns.ts";
import { connections } from "./connections.ts";
import { profiles } from "./profiles.ts";

/** Which profile answers for a queue of one connection. */
export const queueMappings = pgTable(
  "queue_mappings",
  {
    id: id(),
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    queueId: text("queue_id").notNull(),
    queueName: text("queue_name").notNull(),
    profileId: uuid("profile_id").notNull(),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.connectionId, table.queueId),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.tenantId, table.profileId],
      foreignColumns: [profiles.tenantId, profiles.id],
    }).onDelete("cascade"),
  ],
);
