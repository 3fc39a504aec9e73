import { sql } from "drizzle-orm";
import { boolean, jsonb, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { id, tenantId, timestamps } from "./columns.ts";

/** A speech service that a tenant brought. Without a default one, calls are heard by the embedded engine. */
export const speechIntegrations = pgTable(
  "speech_integrations",
  {
    id: id(),
    tenantId: tenantId(),
    name: text("name").notNull(),
    kind: text("kind").$type<"google" | "deepgram">().notNull(),
    /** What is no secret: model, languages, region, address. */
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull(),
    /** Sealed: an API key, or a service account's whole JSON key; null where a server wants none. */
    sealedKey: text("sealed_key"),
    isDefault: boolean("is_default").notNull().default(false),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    unique().on(table.tenantId, table.name),
    uniqueIndex("speech_integrations_one_default").on(table.tenantId).where(sql`${table.isDefault}`),
  ],
);
