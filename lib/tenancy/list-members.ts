import { and, asc, desc, gt, isNull } from "drizzle-orm";
import { invitations } from "#/drizzle/schema/invitations.ts";
import { members } from "#/drizzle/schema/members.ts";
import { roles } from "#/drizzle/schema/roles.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { builtInRole, ownRole } from "./permissions.ts";
import { readPeople } from "./read-people.ts";
import type { StoredRole } from "./resolve-role.ts";

type ShownRole = { id: string; name: string };
export type MemberRow = { userId: string; name: string; email: string; role: ShownRole; since: Date };
export type InvitationRow = {
  id: string;
  email: string;
  role: ShownRole;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
};

/** Agents work in the widget and need no membership, so that a tenant has dozens of these, seldom hundreds. */
const MOST_SHOWN = 1_000;

/** A tenant's members and the invitations that can still be accepted. */
export function listMembers(
  db: Database,
  tenantId: string,
): Promise<{ members: MemberRow[]; invitations: InvitationRow[] }> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.select().from(members).orderBy(asc(members.createdAt)).limit(MOST_SHOWN);
    const open = await tx
      .select()
      .from(invitations)
      .where(
        and(
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
          gt(invitations.expiresAt, new Date()),
        ),
      )
      .orderBy(desc(invitations.id))
      .limit(MOST_SHOWN);
    const nameRole = await roleNames(tx);
    const people = await readPeople(tx, [
      ...rows.map(({ userId }) => userId),
      ...open.map(({ invitedBy }) => invitedBy),
    ]);
    return {
      members: rows.map((row) => ({
        userId: row.userId,
        name: people.get(row.userId)?.name ?? "",
        email: people.get(row.userId)?.email ?? "",
        role: nameRole(row),
        since: row.createdAt,
      })),
      invitations: open.map((row) => ({
        id: row.id,
        email: row.email,
        role: nameRole(row),
        invitedBy: people.get(row.invitedBy)?.name ?? "someone who has left",
        createdAt: row.createdAt,
        expiresAt: row.expiresAt,
      })),
    };
  });
}

async function roleNames(tx: TenantTransaction): Promise<(stored: StoredRole) => ShownRole> {
  const own = new Map((await tx.select().from(roles)).map((row) => [row.id, ownRole(row)]));
  return ({ role, roleId }) => {
    const held = (roleId === null ? undefined : own.get(roleId)) ?? builtInRole(role);
    return { id: held.id, name: held.name };
  };
}
