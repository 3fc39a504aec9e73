import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { hashApiKey, looksLikeApiKey } from "./api-key.ts";

export type FoundApiKey = { tenantId: string; keyId: string; scopes: readonly string[] };

type Row = { tenant_id: string; key_id: string; scopes: string[] };

/**
 * Whose key this is, and what it allows; undefined for one that is unknown, expired or revoked. It is found by its
 * hash, so that the time the search takes tells nothing about keys that exist. Its use is noted once a minute at most.
 */
export async function findApiKey(db: Database, presentedKey: string): Promise<FoundApiKey | undefined> {
  if (!looksLikeApiKey(presentedKey)) return undefined;
  const [row] = await db.execute<Row>(sql`select * from across.find_api_key(${hashApiKey(presentedKey)})`);
  return row && { tenantId: row.tenant_id, keyId: row.key_id, scopes: row.scopes };
}
