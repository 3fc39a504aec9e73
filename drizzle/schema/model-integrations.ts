import { boolean, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, tenantId, timestamps } from "./columns.ts";

/** A language model that a tenant brought; `kind` is the wire that its server speaks. */
export const modelIntegrations = pgTable(
  "model_integrations",
  {
    id: id(),
    tenantId: tenantId(),
    name: text("name").notNull(),
    kind: text("kind").$type<"openai-compatible" | "anthropic" | "google">().notNull(),
    baseUrl: text("base_url").notNull(),
    model: text("model").notNull(),
    /** Sealed; null where the server wants no key. */
    sealedKey: text("sealed_key"),
    isDefault: boolean("is_default").notNull().default(false),
    ...timestamps,
  },
  (table) => [unique().on(table.tenantId, table.id), unique().on(table.tenantId, table.name)],
);
