import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** How each process did, minute by minute: heartbeats live in Redis, and this outlives it. Of no tenant. */
export const processSamples = pgTable(
  "process_samples",
  {
    at: moment("at").notNull(),
    process: text("process").notNull(),
    replicas: integer("replicas").notNull(),
    version: text("version"),
    figures: jsonb("figures").$type<Record<string, number>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.process, table.at] }), index().on(table.at)],
);
