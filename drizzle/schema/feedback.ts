import { foreignKey, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, tenantId, timestamps } from "./columns.ts";
import { suggestions } from "./suggestions.ts";

/** What an agent made of a card; one verdict of a kind for each agent, the last one counts. */
export const feedback = pgTable(
  "feedback",
  {
    id: id(),
    tenantId: tenantId(),
    suggestionId: uuid("suggestion_id").notNull(),
    agentId: text("agent_id").notNull(),
    kind: text("kind").$type<"verdict" | "copied" | "inserted" | "opened" | "sent">().notNull(),
    value: text("value").notNull(),
    ...timestamps,
  },
  (table) => [
    unique().on(table.suggestionId, table.agentId, table.kind),
    foreignKey({
      columns: [table.tenantId, table.suggestionId],
      foreignColumns: [suggestions.tenantId, suggestions.id],
    }).onDelete("cascade"),
  ],
);
