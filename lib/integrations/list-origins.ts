import { asc } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

/** Which pages may frame a connection's widget, besides the platform's own hosts. */
export type ConnectionOrigins = {
  id: string;
  name: string;
  platform: PlatformId;
  active: boolean;
  origins: string[];
};

export function listOrigins(db: Database, tenantId: string): Promise<ConnectionOrigins[]> {
  return withTenant(db, tenantId, (tx) =>
    tx
      .select({
        id: connections.id,
        name: connections.name,
        platform: connections.platform,
        active: connections.active,
        origins: connections.allowedOrigins,
      })
      .from(connections)
      .orderBy(asc(connections.name)),
  );
}
