import { randomBytes, randomUUID } from "node:crypto";
import { members, type Role } from "#/drizzle/schema/members.ts";
import { users } from "#/drizzle/schema/users.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type Asking, builtInRole } from "#/lib/tenancy/permissions.ts";

export type TestPerson = Asking & { email: string; name: string };

/** A member of a tenant with a built-in role; `owner` is a pool of the owner's role. */
export async function aMember(
  owner: Database,
  tenantId: string,
  role: Role,
  fields: Partial<typeof users.$inferInsert> = {},
): Promise<TestPerson> {
  const id = randomUUID();
  const email = `${role}-${randomBytes(4).toString("hex")}@example.com`;
  const person = { id, email, name: `The ${role}`, passwordHash: "", ...fields };
  await owner.insert(users).values(person);
  await withTenant(owner, tenantId, (tx) => tx.insert(members).values({ tenantId, userId: person.id, role }));
  return { tenantId, userId: person.id, role: builtInRole(role), email: person.email, name: person.name };
}
