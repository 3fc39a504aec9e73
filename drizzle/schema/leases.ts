import { bigint, foreignKey, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment, tenantId } from "./columns.ts";
import { connections } from "./connections.ts";

/** Who holds a connection's subscription now. `fence` grows with each new holder, so that a late one is known by it. */
export const leases = pgTable(
  "leases",
  {
    name: text("name").primaryKey(),
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    holder: uuid("holder").notNull(),
    fence: bigint("fence", { mode: "number" }).notNull().default(1),
    heldUntil: moment("held_until").notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);
