import { boolean, foreignKey, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { tenantId, timestamps } from "./columns.ts";
import type { Role } from "./members.ts";
import { roles } from "./roles.ts";

/** Which ways of signing in open a tenant. Without a row: e-mail and password only. */
export const signInSettings = pgTable(
  "sign_in_settings",
  {
    tenantId: tenantId().primaryKey(),
    /** E-mail domains that single sign-on is for; Google's hosted domain must be one of them, too. */
    domains: text("domains").array().notNull().default([]),
    google: boolean("google").notNull().default(false),
    /** Ids of Entra directories. Empty: Microsoft opens nothing. */
    microsoftDirectories: text("microsoft_directories").array().notNull().default([]),
    /** Off: only single sign-on opens this tenant. */
    passwords: boolean("passwords").notNull().default(true),
    /** What a person of such a domain becomes at the first sign-in; null: only who was invited gets in. */
    joinRole: text("join_role").$type<Role>(),
    joinRoleId: uuid("join_role_id"),
    ...timestamps,
  },
  (table) => [
    foreignKey({ columns: [table.tenantId, table.joinRoleId], foreignColumns: [roles.tenantId, roles.id] }),
  ],
);
