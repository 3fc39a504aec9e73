import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "#/drizzle/schema/api-keys.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";

/** Ends a key for good. The row stays, so that the list and the audit log still name it. */
export function revokeApiKey(db: Database, actor: Actor, keyId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [row] = await tx
      .update(apiKeys)
      .set({ revokedAt: new Date() })
      .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name, prefix: apiKeys.prefix });
    if (!row) throw new AppError("not_found", "This key does not exist any more, or was revoked already.");
    await audit(tx, actor, { action: "key.revoked", target: keyId, detail: row });
  });
}
