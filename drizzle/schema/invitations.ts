import { foreignKey, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId } from "./columns.ts";
import type { Role } from "./members.ts";
import { roles } from "./roles.ts";

/** A link that makes one person a member, once. Only the hash of its secret is kept. */
export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    tenantId: tenantId(),
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    /** A role of the tenant's own; `role` is "agent" then. */
    roleId: uuid("role_id"),
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: uuid("invited_by").notNull(),
    expiresAt: moment("expires_at").notNull(),
    acceptedAt: moment("accepted_at"),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index().on(table.tenantId, table.id),
    foreignKey({ columns: [table.tenantId, table.roleId], foreignColumns: [roles.tenantId, roles.id] }),
  ],
);
