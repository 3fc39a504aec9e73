import { asc, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

export type ConnectionCard = {
  id: string;
  platform: PlatformId;
  name: string;
  active: boolean;
  lastEventAt: Date | undefined;
  /** Of the last 24 hours. */
  deliveries: number;
  dead: number;
};

/** A tenant's connections with how they do, for the cards. */
export function listConnections(db: Database, tenantId: string): Promise<ConnectionCard[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.select().from(connections).orderBy(asc(connections.name));
    const counts = await tx
      .select({
        connectionId: deliveries.connectionId,
        all: sql<number>`count(*)::int`,
        dead: sql<number>`(count(*) filter (where ${deliveries.state} = 'dead'))::int`,
      })
      .from(deliveries)
      .where(sql`${deliveries.storedAt} > now() - interval '24 hours'`)
      .groupBy(deliveries.connectionId);
    return rows.map((row) => {
      const count = counts.find(({ connectionId }) => connectionId === row.id);
      return {
        id: row.id,
        platform: row.platform,
        name: row.name,
        active: row.active,
        lastEventAt: row.lastEventAt ?? undefined,
        deliveries: count?.all ?? 0,
        dead: count?.dead ?? 0,
      };
    });
  });
}
