import { manifestOf } from "#/lib/connectors/catalog.ts";
import { type Connection, findConnection } from "#/lib/integrations/find-connection.ts";
import { database } from "./database.ts";

/** Finds an active connection by its public id. */
export type FindConnection = (
  publicId: string,
) => Promise<Pick<Connection, "platform" | "allowedOrigins"> | undefined>;

const inDatabase: FindConnection = (publicId) => findConnection(database(), publicId);

/** Only what has the form of an origin may stand in a policy: a stray `;` would start another rule. */
const ORIGIN = /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/i;

/** The origins that may frame a connection's widget: the platform's own hosts, and what the tenant added. */
export function frameOrigins(connection: Pick<Connection, "platform" | "allowedOrigins">): string[] {
  const { frameAncestors } = manifestOf(connection.platform);
  return [...frameAncestors, ...connection.allowedOrigins].filter((origin) => ORIGIN.test(origin));
}

/**
 * The hosts that may frame one connection's widget, as the value of `frame-ancestors`. A connection
 * that is unknown, switched off or of another platform answers `'none'`, so no page can tell them apart.
 */
export async function frameAncestorsFor(
  platform: string,
  publicId: string,
  find: FindConnection = inDatabase,
): Promise<string> {
  const connection = await find(publicId);
  if (connection?.platform !== platform) return "'none'";
  return frameOrigins(connection).join(" ") || "'none'";
}
