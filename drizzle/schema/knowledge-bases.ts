import { integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, tenantId, timestamps } from "./columns.ts";

export const knowledgeBases = pgTable(
  "knowledge_bases",
  {
    id: id(),
    tenantId: tenantId(),
    name: text("name").notNull(),
    /** Grows with every change of its chunks; the search index in memory is cached by it. */
    version: integer("version").notNull().default(1),
    ...timestamps,
  },
  (table) => [unique().on(table.tenantId, table.id), unique().on(table.tenantId, table.name)],
);
