import { integer, pgTable, real, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId } from "./columns.ts";

/** How a version came about. `seen`: it was there before versions were kept. */
export type VersionOrigin = "seen" | "form" | "restore" | "bulk" | "undo" | "csv";

/**
 * What a profile was in each of its versions, the current one included. Outlives profile, base and model, so that a
 * past suggestion can be explained: their names are kept as they were.
 */
export const profileVersions = pgTable(
  "profile_versions",
  {
    id: id(),
    tenantId: tenantId(),
    profileId: uuid("profile_id").notNull(),
    version: integer("version").notNull(),
    /** Null: the tenant's default. */
    queueName: text("queue_name"),
    knowledgeBaseId: uuid("knowledge_base_id"),
    knowledgeBase: text("knowledge_base"),
    systemPrompt: text("system_prompt").notNull(),
    modelIntegrationId: uuid("model_integration_id"),
    model: text("model"),
    threshold: real("threshold"),
    origin: text("origin").$type<VersionOrigin>().notNull(),
    /** Of a restore: the version that came back. */
    restored: integer("restored"),
    userId: uuid("user_id"),
    createdAt: createdAt(),
  },
  (table) => [unique().on(table.profileId, table.version)],
);
