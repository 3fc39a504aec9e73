import { foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, tenantId } from "./columns.ts";
import { roles } from "./roles.ts";
import { users } from "./users.ts";

export const ROLES = ["owner", "admin", "support", "supervisor", "agent"] as const;
export type Role = (typeof ROLES)[number];

/** Who belongs to a tenant, and as what. */
export const members = pgTable(
  "members",
  {
    tenantId: tenantId(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role").$type<Role>().notNull(),
    /** A role of the tenant's own, which then decides alone; `role` is "agent" meanwhile. */
    roleId: uuid("role_id"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId] }),
    index().on(table.userId),
    foreignKey({ columns: [table.tenantId, table.roleId], foreignColumns: [roles.tenantId, roles.id] }),
  ],
);
