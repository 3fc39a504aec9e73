import { count, eq } from "drizzle-orm";
import type { CheckReport } from "#/drizzle/schema/connections.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { type ConnectionSettings, readSettings } from "./connection-settings.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { openSecret, readConnection } from "./find-connection.ts";

/** A connection as its page shows it: which secrets there are, never the secrets. */
export type ConnectionPage = {
  id: string;
  publicId: string;
  platform: PlatformId;
  name: string;
  active: boolean;
  settings: ConnectionSettings;
  /** Names of the sealed fields that are filled. */
  stored: string[];
  /** The old pair still lets calls in until then. */
  previousValidUntil: string | undefined;
  allowedOrigins: string[];
  lastCheck: CheckReport | undefined;
  lastEventAt: Date | undefined;
  /** No secret by itself: it names the connection in the widget's address. */
  embedToken: string | undefined;
  counts: { conversations: number; mappings: number };
};

export async function readConnectionPage(
  { db, ring }: IntegrationDeps,
  tenantId: string,
  connectionId: string,
  nowMs = Date.now(),
): Promise<ConnectionPage | undefined> {
  const connection = await readConnection(db, tenantId, connectionId);
  if (!connection) return undefined;
  const settings = readSettings(connection.settings);
  const until = settings.previousValidUntil;
  const counts = await withTenant(db, tenantId, async (tx) => {
    const [talks] = await tx
      .select({ n: count() })
      .from(conversations)
      .where(eq(conversations.connectionId, connectionId));
    const [mapped] = await tx
      .select({ n: count() })
      .from(queueMappings)
      .where(eq(queueMappings.connectionId, connectionId));
    return { conversations: talks?.n ?? 0, mappings: mapped?.n ?? 0 };
  });
  const { id, publicId, platform, name, active, allowedOrigins } = connection;
  return {
    id,
    publicId,
    platform,
    name,
    active,
    settings,
    stored: Object.keys(connection.sealed),
    previousValidUntil: until !== undefined && Date.parse(until) > nowMs ? until : undefined,
    allowedOrigins,
    lastCheck: connection.lastCheck ?? undefined,
    lastEventAt: connection.lastEventAt ?? undefined,
    embedToken: openSecret(connection, "embedToken", ring),
    counts,
  };
}
