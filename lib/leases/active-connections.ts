import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

export type ActiveConnection = { tenantId: string; connectionId: string; platform: PlatformId };

/** The active connections of these platforms, of all tenants. */
export async function activeConnections(
  db: Database,
  platforms: readonly PlatformId[],
): Promise<ActiveConnection[]> {
  if (platforms.length === 0) return [];
  const names = sql.join(
    platforms.map((platform) => sql`${platform}`),
    sql`, `,
  );
  const rows = await db.execute<{ tenant_id: string; connection_id: string; platform: PlatformId }>(
    sql`select * from across.active_connections(array[${names}]::text[])`,
  );
  return rows.map(({ tenant_id, connection_id, platform }) => ({
    tenantId: tenant_id,
    connectionId: connection_id,
    platform,
  }));
}
