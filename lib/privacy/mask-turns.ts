import { privacySettings } from "#/drizzle/schema/privacy-settings.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { redactText } from "#/lib/redaction/redact.ts";

/** What people said or typed, as a language model may read it: personal data masked unless the tenant says otherwise. */
export async function turnsForModel<T extends { text: string }>(
  db: Database,
  tenantId: string,
  turns: readonly T[],
): Promise<T[]> {
  const masks = await withTenant(db, tenantId, async (tx) => {
    const [row] = await tx.select({ mask: privacySettings.maskBeforeModel }).from(privacySettings);
    return row?.mask ?? true;
  });
  return masks ? turns.map((turn) => ({ ...turn, text: redactText(turn.text) })) : [...turns];
}
