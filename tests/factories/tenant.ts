import { randomBytes, randomUUID } from "node:crypto";
import { connections } from "#/drizzle/schema/connections.ts";
import { tenants } from "#/drizzle/schema/tenants.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type TestConnection = { tenantId: string; connectionId: string; publicId: string; slug: string };

/** A tenant with one active Genesys connection; `owner` is a pool of the owner's role. */
export async function aConnection(
  owner: Database,
  fields: Partial<typeof connections.$inferInsert> = {},
): Promise<TestConnection> {
  const tenantId = randomUUID();
  const slug = `t-${randomBytes(4).toString("hex")}`;
  const publicId = `c-${randomBytes(6).toString("hex")}`;
  const connectionId = fields.id ?? randomUUID();
  await withTenant(owner, tenantId, async (tx) => {
    await tx.insert(tenants).values({ id: tenantId, slug, name: `Tenant ${slug}` });
    await tx
      .insert(connections)
      .values({ tenantId, publicId, platform: "genesys", name: "Genesys", ...fields, id: connectionId });
  });
  return { tenantId, connectionId, publicId, slug };
}
