import { sql } from "drizzle-orm";
import type { Role } from "#/drizzle/schema/members.ts";
import type { Database } from "#/lib/db/database.ts";

export type Membership = { id: string; slug: string; name: string; role: Role };

/** The tenants that a user belongs to now, with the role in each. Read at each request, never kept in a session. */
export async function listMemberships(db: Database, userId: string): Promise<Membership[]> {
  const rows = await db.execute<{ tenant_id: string; slug: string; name: string; role: Role }>(
    sql`select * from across.memberships(${userId})`,
  );
  return rows.map(({ tenant_id, slug, name, role }) => ({ id: tenant_id, slug, name, role }));
}
