import { desc } from "drizzle-orm";
import { apiKeys } from "#/drizzle/schema/api-keys.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { readPeople } from "#/lib/tenancy/read-people.ts";

/** A key as the page shows it: never the key, never its hash. */
export type ApiKeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: readonly string[];
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
};

/** More than any tenant has; revoked ones come after those that count. */
const MOST_SHOWN = 500;

export function listApiKeys(db: Database, tenantId: string): Promise<ApiKeyRow[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.select().from(apiKeys).orderBy(desc(apiKeys.createdAt)).limit(MOST_SHOWN);
    const people = await readPeople(
      tx,
      rows.map(({ createdBy }) => createdBy),
    );
    return rows
      .map(({ hash: _, tenantId: __, createdBy, ...row }) => ({
        ...row,
        createdBy: people.get(createdBy)?.name ?? "someone who has left",
      }))
      .sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null));
  });
}
