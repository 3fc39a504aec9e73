import type { Database } from "#/lib/db/database.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { changeConnection } from "./change-connection.ts";
import { type IntegrationDeps, sealFields } from "./create-connection.ts";
import type { Connection } from "./find-connection.ts";
import { openSecret } from "./find-connection.ts";
import { newAudiohookPair, newEmbedToken, type ShownCredentials } from "./new-credentials.ts";

export const OVERLAP_HOURS = 24;
const OVERLAP_MS = OVERLAP_HOURS * 3_600_000;
const PREVIOUS_FIELDS = ["previousAudiohookApiKey", "previousAudiohookClientSecret"] as const;

/** Makes a new key and secret. The old pair lets calls in for a day more, so that nothing stops in between. */
export async function rotateCredentials(
  { db, ring }: IntegrationDeps,
  actor: Actor,
  connectionId: string,
  nowMs = Date.now(),
): Promise<ShownCredentials> {
  const shown = newAudiohookPair();
  await changeConnection(db, actor, connectionId, (connection) => {
    const old = (field: string) => openSecret(connection, field, ring);
    const [apiKey, clientSecret] = [old("audiohookApiKey"), old("audiohookClientSecret")];
    const place = { tenantId: actor.tenantId, ownerId: connectionId };
    const fresh = sealFields(ring, place, {
      audiohookApiKey: shown.apiKey,
      audiohookClientSecret: shown.clientSecret,
      ...(apiKey !== undefined && { previousAudiohookApiKey: apiKey }),
      ...(clientSecret !== undefined && { previousAudiohookClientSecret: clientSecret }),
    });
    const previousValidUntil = new Date(nowMs + OVERLAP_MS).toISOString();
    return {
      action: "connection.rotated",
      set: {
        sealed: { ...withoutPrevious(connection), ...fresh },
        settings: { ...connection.settings, previousValidUntil },
      },
    };
  });
  return shown;
}

/** Shuts the old pair out at once. */
export function retirePrevious(db: Database, actor: Actor, connectionId: string): Promise<void> {
  return changeConnection(db, actor, connectionId, (connection) => {
    const { previousValidUntil: _past, ...settings } = connection.settings;
    return { action: "connection.retired", set: { sealed: withoutPrevious(connection), settings } };
  });
}

/** Widgets that carry the old token in their address stop at their next renewal, minutes later. */
export function renewEmbedToken(
  { db, ring }: IntegrationDeps,
  actor: Actor,
  connectionId: string,
): Promise<void> {
  return changeConnection(db, actor, connectionId, (connection) => ({
    action: "connection.token",
    set: {
      sealed: {
        ...connection.sealed,
        ...sealFields(
          ring,
          { tenantId: actor.tenantId, ownerId: connectionId },
          { embedToken: newEmbedToken() },
        ),
      },
    },
  }));
}

function withoutPrevious(connection: Connection): Connection["sealed"] {
  const gone = new Set<string>(PREVIOUS_FIELDS);
  return Object.fromEntries(Object.entries(connection.sealed).filter(([field]) => !gone.has(field)));
}
