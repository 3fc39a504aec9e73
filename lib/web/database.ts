import { type Database, type OpenDatabase, openDatabase } from "#/lib/db/database.ts";
import { webEnv } from "./web-env.ts";

/** On globalThis, since a development server loads this module anew at each change and would open pool after pool. */
const kept = globalThis as { omnibotsDatabase?: OpenDatabase };

/** The web process's one pool, opened at its first use. */
export function database(): Database {
  kept.omnibotsDatabase ??= openDatabase(webEnv().APP_DATABASE_URL);
  return kept.omnibotsDatabase.db;
}
