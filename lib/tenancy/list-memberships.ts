import { sql } from "drizzle-orm";
import type { Role } from "#/drizzle/schema/members.ts";
import type { Database } from "#/lib/db/database.ts";
import { builtInRole, type HeldRole, ownRole } from "./permissions.ts";

export type Membership = { id: string; slug: string; name: string; role: HeldRole };

/** How a session began: by password, or at an identity provider for one of its directories. */
export type SessionOrigin = { provider: "password" | "google" | "microsoft"; directory: string };

type Row = {
  tenant_id: string;
  slug: string;
  name: string;
  role: Role;
  role_id: string | null;
  role_name: string | null;
  permissions: string[] | null;
};

/**
 * The tenants that a person's session opens now, with what they may do in each. Read at each request, never kept in
 * the session: who is removed is out at once, and a changed role counts from the next click.
 */
export async function listMemberships(
  db: Database,
  userId: string,
  origin: SessionOrigin,
): Promise<Membership[]> {
  const rows = await db.execute<Row>(
    sql`select * from across.access_of(${userId}, ${origin.provider}, ${origin.directory})`,
  );
  return rows.map((row) => ({ id: row.tenant_id, slug: row.slug, name: row.name, role: heldRole(row) }));
}

function heldRole({ role, role_id, role_name, permissions }: Row): HeldRole {
  if (role_id === null) return builtInRole(role);
  return ownRole({ id: role_id, name: role_name ?? "", permissions: permissions ?? [] });
}
