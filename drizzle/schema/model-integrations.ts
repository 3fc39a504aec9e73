import { boolean, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, tenantId, timestamps } from "./columns.ts";

/** A language model that a tenant brought: any server that speaks the OpenAI chat API. */
export const modelIntegrations = pgTable(
  "model_integrations",
  {
    id: id(),
    tenantId: tenantId(),
    name: text("name").notNull(),
    kind: text("kind").$type<"openai-compatible">().notNull(),
    baseUrl: text("base_url").notNull(),
    model: text("model").notNull(),
    /** Sealed; null where the server wants no key. */
    sealedKey: text("sealed_key"),
    isDefault: boolean("is_default").notNull().default(false),
    ...timestamps,
  },
  (table) => [unique().on(table.tenantId, table.id), unique().on(table.tenantId, table.name)],
);
