import type { CheckReport, SetupProgress } from "#/drizzle/schema/connections.ts";
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
  /** Set-up steps that somebody ticked off. */
  setup: SetupProgress;
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
    setup: connection.setup,
  };
}
