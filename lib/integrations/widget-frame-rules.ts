import { manifestOf } from "#/lib/connectors/catalog.ts";
import type { Database } from "#/lib/db/database.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { findConnection } from "./find-connection.ts";

/** Hosts that may frame a connection's widget: the platform's own desktop, and what an admin added. */
export function frameHosts(platform: PlatformId, allowedOrigins: readonly string[]): string[] {
  return [...new Set([...manifestOf(platform).frameAncestors, ...allowedOrigins])];
}

/**
 * The value of `frame-ancestors` for a widget's address; undefined when no active connection of this
 * platform stands there, so that nobody can tell these cases apart.
 */
export async function widgetFrameRules(
  db: Database,
  platform: string,
  publicId: string,
): Promise<string | undefined> {
  const connection = await findConnection(db, publicId);
  if (!connection || connection.platform !== platform) return undefined;
  return frameHosts(connection.platform, connection.allowedOrigins).join(" ") || undefined;
}
