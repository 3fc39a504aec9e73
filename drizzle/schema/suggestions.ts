import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { SuggestionBody } from "#/lib/events/suggestion.ts";
import { createdAt, id, tenantId } from "./columns.ts";
import { events } from "./events.ts";

/** A card as it was shown, with the versions that made it. */
export const suggestions = pgTable(
  "suggestions",
  {
    id: id(),
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    eventId: uuid("event_id").notNull(),
    profileId: uuid("profile_id").notNull(),
    profileVersion: integer("profile_version").notNull(),
    knowledgeVersion: integer("knowledge_version").notNull(),
    /** `extractive`, or the model's own name. */
    model: text("model").notNull(),
    generation: integer("generation").notNull().default(0),
    body: jsonb("body").$type<SuggestionBody>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    unique().on(table.eventId, table.profileVersion, table.generation),
    index().on(table.conversationId, table.id),
    // How often a document's passages were cited.
    index("suggestions_sources").using("gin", sql`(${table.body}->'sources') jsonb_path_ops`),
    // What came of each profile lately.
    index().on(table.tenantId, table.createdAt, table.profileId),
    foreignKey({
      columns: [table.tenantId, table.eventId],
      foreignColumns: [events.tenantId, events.id],
    }).onDelete("cascade"),
  ],
);
