import { integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, moment, tenantId, timestamps } from "./columns.ts";

export const knowledgeBases = pgTable(
  "knowledge_bases",
  {
    id: id(),
    tenantId: tenantId(),
    name: text("name").notNull(),
    /** Grows with every change of its chunks; the search index in memory is cached by it. */
    version: integer("version").notNull().default(1),
    /** The latest round in which all its documents were indexed anew, and how many they were. */
    reindexStartedAt: moment("reindex_started_at"),
    reindexTotal: integer("reindex_total").notNull().default(0),
    ...timestamps,
  },
  (table) => [unique().on(table.tenantId, table.id), unique().on(table.tenantId, table.name)],
);
