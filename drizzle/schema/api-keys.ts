import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId } from "./columns.ts";

/** A key for programs. Shown once when it is made; only its hash is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    tenantId: tenantId(),
    name: text("name").notNull(),
    /** The first characters, by which people tell keys apart. */
    prefix: text("prefix").notNull(),
    hash: text("hash").notNull().unique(),
    scopes: text("scopes").array().notNull(),
    createdBy: uuid("created_by").notNull(),
    createdAt: createdAt(),
    /** Noted once a minute at most. */
    lastUsedAt: moment("last_used_at"),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [unique().on(table.tenantId, table.id), index().on(table.tenantId, table.createdAt)],
);
