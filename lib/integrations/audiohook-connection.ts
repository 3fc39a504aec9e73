import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import { readSettings } from "./connection-settings.ts";
import { type Connection, findConnection, openSecret } from "./find-connection.ts";

export type AudiohookConnection = {
  tenantId: string;
  connectionId: string;
  /** While a pair is being rotated, the old and the new one both stand here, the new one first. */
  apiKeys: string[];
  /** Decoded: the bytes that sign. */
  secrets: Buffer[];
  organizationId: string | undefined;
  unsignedAllowed: boolean;
  refuseRepeatedNonce: boolean;
  /** Final sentences go back to the platform. */
  sendTranscripts: boolean;
};

/** What the AudioHook server accepts at one address; undefined when no active connection with voice stands there. */
export async function audiohookConnection(
  db: Database,
  ring: KeyRing,
  publicId: string,
  nowMs = Date.now(),
): Promise<AudiohookConnection | undefined> {
  const connection = await findConnection(db, publicId);
  return connection && readSettings(connection.settings).voice
    ? acceptedBy(connection, ring, nowMs)
    : undefined;
}

function acceptedBy(connection: Connection, ring: KeyRing, nowMs: number): AudiohookConnection {
  const settings = readSettings(connection.settings);
  const { previousValidUntil, organizationId, unsignedAllowed, refuseRepeatedNonce, sendTranscripts } =
    settings;
  const overlap = previousValidUntil !== undefined && nowMs < Date.parse(previousValidUntil);
  const open = (field: string) => openSecret(connection, field, ring) ?? [];
  return {
    tenantId: connection.tenantId,
    connectionId: connection.id,
    apiKeys: [open("audiohookApiKey"), overlap ? open("previousAudiohookApiKey") : []].flat(),
    secrets: [open("audiohookClientSecret"), overlap ? open("previousAudiohookClientSecret") : []]
      .flat()
      .map((secret) => Buffer.from(secret, "base64")),
    organizationId,
    unsignedAllowed,
    refuseRepeatedNonce,
    sendTranscripts,
  };
}
