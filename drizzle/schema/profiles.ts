import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  integer,
  pgTable,
  real,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, tenantId, timestamps } from "./columns.ts";
import { knowledgeBases } from "./knowledge-bases.ts";
import { modelIntegrations } from "./model-integrations.ts";

/** What answers for a queue: knowledge base, system prompt, model and threshold. */
export const profiles = pgTable(
  "profiles",
  {
    id: id(),
    tenantId: tenantId(),
    /** Grows with every change; each suggestion stores the version that made it. */
    version: integer("version").notNull().default(1),
    isDefault: boolean("is_default").notNull().default(false),
    knowledgeBaseId: uuid("knowledge_base_id"),
    systemPrompt: text("system_prompt").notNull().default(""),
    /** Null: extractive answers, no language model. */
    modelIntegrationId: uuid("model_integration_id"),
    /** Confidence below which nothing is shown; null takes the product's own default. */
    threshold: real("threshold"),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    uniqueIndex("profiles_one_default").on(table.tenantId).where(sql`${table.isDefault}`),
    foreignKey({
      columns: [table.tenantId, table.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }),
    foreignKey({
      columns: [table.tenantId, table.modelIntegrationId],
      foreignColumns: [modelIntegrations.tenantId, modelIntegrations.id],
    }),
  ],
);
