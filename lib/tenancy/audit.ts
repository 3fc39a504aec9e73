import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";

export type Actor = { tenantId: string; userId: string };

/** Notes what a person did, in the transaction that does it. Never pass a secret in `detail`. */
export async function audit(
  tx: TenantTransaction,
  actor: Actor,
  entry: { action: string; target: string; detail?: Record<string, string> },
): Promise<void> {
  await tx.insert(auditEntries).values({ ...actor, ...entry });
}
