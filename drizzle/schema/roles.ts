import { pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, tenantId, timestamps } from "./columns.ts";

/** A role of a tenant's own: what it may do is listed here; the built-in ones stand in `lib/tenancy/permissions.ts`. */
export const roles = pgTable(
  "roles",
  {
    id: id(),
    tenantId: tenantId(),
    name: text("name").notNull(),
    permissions: text("permissions").array().notNull().default([]),
    ...timestamps,
  },
  (table) => [unique().on(table.tenantId, table.id), unique().on(table.tenantId, table.name)],
);
