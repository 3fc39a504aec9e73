import { asc, count } from "drizzle-orm";
import { members, ROLES } from "#/drizzle/schema/members.ts";
import { roles } from "#/drizzle/schema/roles.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { builtInRole, type HeldRole, ownRole } from "./permissions.ts";

export type RoleRow = HeldRole & { builtIn: boolean; members: number };

/** The built-in roles, then the tenant's own, with how many people hold each. */
export function listRoles(db: Database, tenantId: string): Promise<RoleRow[]> {
  return withTenant(db, tenantId, async (tx) => {
    const own = await tx.select().from(roles).orderBy(asc(roles.name));
    const held = await tx
      .select({ role: members.role, roleId: members.roleId, people: count() })
      .from(members)
      .groupBy(members.role, members.roleId);
    const peopleWith = (id: string) => held.find(({ role, roleId }) => (roleId ?? role) === id)?.people ?? 0;
    return [
      ...ROLES.map((role) => ({ ...builtInRole(role), builtIn: true, members: peopleWith(role) })),
      ...own.map(({ id, name, permissions }) => ({
        ...ownRole({ id, name, permissions }),
        builtIn: false,
        members: peopleWith(id),
      })),
    ];
  });
}
