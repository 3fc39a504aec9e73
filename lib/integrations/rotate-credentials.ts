import { manifestOf } from "#/lib/connectors/catalog.ts";
import type { Database } from "#/lib/db/database.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { changeConnection } from "./change-connection.ts";
import { type IntegrationDeps, sealFields } from "./create-connection.ts";
import type { Connection } from "./find-connection.ts";
import { openSecret } from "./find-connection.ts";
import { byName, newEmbedToken, newGenerated, type ShownCredentials } from "./new-credentials.ts";

export const OVERLAP_HOURS = 24;
const OVERLAP_MS = OVERLAP_HOURS * 3_600_000;

/** Where the old value of a generated field stays while both are valid. */
export function previousOf(field: string): string {
  return `previous${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}

/** Makes all generated values anew. The old ones are valid for a day more, so that nothing stops in between. */
export async function rotateCredentials(
  { db, ring }: IntegrationDeps,
  actor: Actor,
  connectionId: string,
  nowMs = Date.now(),
): Promise<ShownCredentials> {
  let shown: ShownCredentials = [];
  await changeConnection(db, actor, connectionId, (connection) => {
    shown = newGenerated(manifestOf(connection.platform).credentialFields);
    const old = shown.flatMap(({ name }) => {
      const secret = openSecret(connection, name, ring);
      return secret === undefined ? [] : [[previousOf(name), secret]];
    });
    const place = { tenantId: actor.tenantId, ownerId: connectionId };
    const fresh = sealFields(ring, place, { ...byName(shown), ...Object.fromEntries(old) });
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

function withoutPrevious({ platform, sealed }: Connection): Connection["sealed"] {
  const gone = new Set(manifestOf(platform).credentialFields.map(({ name }) => previousOf(name)));
  return Object.fromEntries(Object.entries(sealed).filter(([field]) => !gone.has(field)));
}
