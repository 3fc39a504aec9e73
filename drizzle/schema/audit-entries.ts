import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId } from "./columns.ts";

/** What a person changed or revealed. Never holds a secret, only the name of the field. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    tenantId: tenantId(),
    userId: uuid("user_id"),
    action: text("action").notNull(),
    target: text("target").notNull(),
    detail: jsonb("detail").$type<Record<string, string>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [
    index().on(table.tenantId, table.id),
    index().on(table.tenantId, table.userId, table.id),
    index().on(table.tenantId, table.action, table.id),
  ],
);
