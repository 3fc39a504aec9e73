import { foreignKey, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId } from "./columns.ts";
import { connections } from "./connections.ts";

/** `waiting`: nothing failed, the first real event has not come. `stopped`: who ran it went away before the end. */
export type CheckOutcome = "passed" | "failed" | "waiting" | "stopped";

/** A test of a connection that was run: its steps as they were, and who ran it. */
export const connectionChecks = pgTable(
  "connection_checks",
  {
    id: id(),
    tenantId: tenantId(),
    connectionId: uuid("connection_id").notNull(),
    outcome: text("outcome").$type<CheckOutcome>().notNull(),
    /** The first step that failed, with its reason. */
    failedStep: text("failed_step"),
    reason: text("reason"),
    /** From the first step to the last. */
    ms: integer("ms").notNull(),
    steps: jsonb("steps").$type<unknown[]>().notNull(),
    userId: uuid("user_id"),
    createdAt: createdAt(),
  },
  (table) => [
    index().on(table.connectionId, table.id),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);
