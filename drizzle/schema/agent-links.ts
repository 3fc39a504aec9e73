import { foreignKey, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { tenantId, timestamps } from "./columns.ts";
import { connections } from "./connections.ts";

/** An admin's word that a name of an agent (as a desktop gives it) is an agent of the platform's events. */
export const agentLinks = pgTable(
  "agent_links",
  {
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    /** A user id, a login or a GUID, in lower case. */
    alias: text("alias").notNull(),
    /** The agent's id in the platform's events. */
    agentId: text("agent_id").notNull(),
    ...timestamps,
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.alias] }),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);
