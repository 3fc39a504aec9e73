import { asc, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { LOOKED_AT } from "./read-connection-health.ts";

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
    // As many of each as give a rate: the same work for a busy connection as for a quiet one.
    const counts = await tx.execute<{ connectionId: string; all: number; dead: number }>(sql`
      select c.id as "connectionId", count(d.state)::int as all,
        (count(*) filter (where d.state = 'dead'))::int as dead
      from ${connections} c left join lateral (
        select state from ${deliveries} d where d.connection_id = c.id and d.stored_at > now() - interval '24 hours'
        order by d.stored_at desc limit ${LOOKED_AT}
      ) d on true group by c.id`);
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
