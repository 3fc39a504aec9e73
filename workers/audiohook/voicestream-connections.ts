import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import * as z from "zod";
import { platformQueues } from "#/drizzle/schema/platform-queues.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { readSettings } from "#/lib/integrations/connection-settings.ts";
import { type Connection, openSecret, readConnection } from "#/lib/integrations/find-connection.ts";
import { activeConnections } from "#/lib/leases/active-connections.ts";
import { sameSecret } from "#/lib/voicestream/trust-token.ts";
import type { FindByTrustToken, VoiceConnection } from "./voicestream-ports.ts";

const KEPT_MS = 5_000;

const text = z.string().trim().min(1).optional().catch(undefined);
const own = z.object({
  voice: z.boolean().default(true).catch(true),
  domainId: text,
  subscriptionId: text,
  language: text,
});

/** All connections that take the voice stream, with the trust tokens that open them now. */
export function voiceConnections(
  db: Database,
  ring: KeyRing,
  { now = Date.now, onFault = () => {} }: { now?: () => number; onFault?: Fault } = {},
) {
  return async (): Promise<VoiceConnection[]> => {
    const found = await activeConnections(db, ["five9"]);
    const read = found.map(async (place) => {
      try {
        const row = await readConnection(db, place.tenantId, place.connectionId);
        return row ? acceptedBy(row, ring, now(), await skillsOf(db, row)) : [];
      } catch (error) {
        // One tenant's broken secret must not shut out all others.
        onFault(place.connectionId, error);
        return [];
      }
    });
    return (await Promise.all(read)).flat();
  };
}

type Fault = (connectionId: string, error: unknown) => void;

function acceptedBy(
  row: Connection,
  ring: KeyRing,
  nowMs: number,
  skills: ReadonlyMap<string, string>,
): VoiceConnection[] {
  const { voice, domainId, subscriptionId, language } = own.parse(row.settings);
  if (!voice) return [];
  const { previousValidUntil } = readSettings(row.settings);
  const overlap = previousValidUntil !== undefined && nowMs < Date.parse(previousValidUntil);
  const fields = ["trustToken", ...(overlap ? ["previousTrustToken"] : [])];
  const trustTokens = fields.flatMap((field) => openSecret(row, field, ring) ?? []);
  const { tenantId, id: connectionId } = row;
  return [{ tenantId, connectionId, trustTokens, domainId, subscriptionId, language, skills }];
}

/** The stream names a skill by its id alone; the test of the connection has listed what it is called. */
async function skillsOf(db: Database, { tenantId, id }: Connection): Promise<ReadonlyMap<string, string>> {
  const rows = await withTenant(db, tenantId, (tx) =>
    tx
      .select({ id: platformQueues.queueId, name: platformQueues.name })
      .from(platformQueues)
      .where(eq(platformQueues.connectionId, id)),
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/**
 * Finds a connection by the one thing that is the platform's to know. The index is keyed by digests, so that no
 * comparison's time tells anything about a token; what an admin changes holds after five seconds at the latest.
 */
export function byTrustToken(
  list: () => Promise<VoiceConnection[]>,
  now: () => number = Date.now,
): FindByTrustToken {
  let kept: { until: number; index: Promise<Map<string, VoiceConnection>> } | undefined;
  const index = () => {
    if (kept && kept.until > now()) return kept.index;
    const fresh = { until: now() + KEPT_MS, index: list().then(indexOf) };
    kept = fresh;
    // A failed look-up is nobody's answer.
    fresh.index.catch(() => {
      if (kept === fresh) kept = undefined;
    });
    return fresh.index;
  };
  return async (trustToken) => {
    const connection = (await index()).get(digest(trustToken));
    return connection?.trustTokens.some((token) => sameSecret(trustToken, token)) ? connection : undefined;
  };
}

function indexOf(connections: readonly VoiceConnection[]): Map<string, VoiceConnection> {
  return new Map(
    connections.flatMap((connection) =>
      connection.trustTokens.map((token) => [digest(token), connection] as const),
    ),
  );
}

const digest = (token: string) => createHash("sha256").update(token).digest("base64");
