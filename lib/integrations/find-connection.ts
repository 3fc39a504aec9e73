import { and, eq, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { unseal } from "#/lib/crypto/seal.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type Connection = typeof connections.$inferSelect;

/** An active connection by the public id that stands in its addresses; the only way in without a tenant. */
export async function findConnection(db: Database, publicId: string): Promise<Connection | undefined> {
  const [found] = await db.execute<{ tenant_id: string; connection_id: string }>(
    sql`select * from across.find_connection(${publicId})`,
  );
  if (!found) return undefined;
  return withTenant(db, found.tenant_id, async (tx) => {
    const [row] = await tx.select().from(connections).where(eq(connections.id, found.connection_id));
    return row;
  });
}

/** A connection of this tenant by its own id. */
export async function readConnection(
  db: Database,
  tenantId: string,
  connectionId: string,
): Promise<Connection | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx
      .select()
      .from(connections)
      .where(and(eq(connections.tenantId, tenantId), eq(connections.id, connectionId)));
    return row;
  });
}

/** Opens one sealed field; undefined where the connection has none. */
export function openSecret(connection: Connection, field: string, ring: KeyRing): string | undefined {
  const sealed = connection.sealed[field];
  if (!sealed) return undefined;
  return unseal(sealed, { tenantId: connection.tenantId, ownerId: connection.id, field }, ring);
}
