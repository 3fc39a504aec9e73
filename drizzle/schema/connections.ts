import { boolean, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { id, moment, tenantId, timestamps } from "./columns.ts";

/** Fields of a connection's credentials: sealed values by field name (`lib/crypto/seal.ts`). */
export type SealedFields = Record<string, string>;

/** The last answer of a connection test, kept so that the page can show it again. */
export type CheckReport = { at: string; steps: unknown[] };

/** Set-up steps that a person has ticked off, by the step's id; those that a test proves need no tick. */
export type SetupProgress = Record<string, { at: string; userId: string }>;

/** A tenant's installed platform; the portal titles the page "Integrations". */
export const connections = pgTable(
  "connections",
  {
    id: id(),
    tenantId: tenantId(),
    /** Stands in public addresses (widget, AudioHook, ingest); no secret. */
    publicId: text("public_id").notNull().unique(),
    platform: text("platform").$type<PlatformId>().notNull(),
    name: text("name").notNull(),
    active: boolean("active").notNull().default(true),
    sealed: jsonb("sealed").$type<SealedFields>().notNull().default({}),
    /** What is no secret: region, switches. Parsed by the connector's own schema. */
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull().default({}),
    /** Origins that may frame the widget, besides the manifest's own hosts. */
    allowedOrigins: text("allowed_origins").array().notNull().default([]),
    setup: jsonb("setup").$type<SetupProgress>().notNull().default({}),
    lastCheck: jsonb("last_check").$type<CheckReport>(),
    lastEventAt: moment("last_event_at"),
    ...timestamps,
  },
  (table) => [unique().on(table.tenantId, table.id), unique().on(table.tenantId, table.name)],
);
