import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import { readSettings } from "#/lib/integrations/connection-settings.ts";
import { valuesOf } from "#/lib/integrations/connection-values.ts";
import { findConnection } from "#/lib/integrations/find-connection.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

export type IngestConnection = {
  tenantId: string;
  connectionId: string;
  platform: PlatformId;
  /** Settings and unsealed secrets side by side; those of a rotation only while they are valid. */
  values: Record<string, unknown>;
};

export type FindIngestConnection = (publicId: string) => Promise<IngestConnection | undefined>;

const KEPT_MS = 5_000;
const MOST_KEPT = 10_000;

/** Active connections by their public id; unsealed for a few seconds, so that a burst costs one look-up. */
export function ingestConnections(
  db: Database,
  ring: KeyRing,
  now: () => number = Date.now,
): FindIngestConnection {
  const kept = new Map<string, { until: number; found: Promise<IngestConnection | undefined> }>();
  return (publicId) => {
    const known = kept.get(publicId);
    if (known && known.until > now()) return known.found;
    if (kept.size >= MOST_KEPT) kept.clear();
    const found = read(db, ring, publicId, now());
    kept.set(publicId, { until: now() + KEPT_MS, found });
    // A failed look-up is nobody's answer.
    found.catch(() => kept.delete(publicId));
    return found;
  };
}

async function read(
  db: Database,
  ring: KeyRing,
  publicId: string,
  nowMs: number,
): Promise<IngestConnection | undefined> {
  const connection = await findConnection(db, publicId);
  if (!connection?.active) return undefined;
  const { previousValidUntil } = readSettings(connection.settings);
  const overlap = previousValidUntil !== undefined && nowMs < Date.parse(previousValidUntil);
  const values = Object.entries(valuesOf(connection, ring));
  return {
    tenantId: connection.tenantId,
    connectionId: connection.id,
    platform: connection.platform,
    values: Object.fromEntries(values.filter(([name]) => overlap || !name.startsWith("previous"))),
  };
}
