import { eq, sql } from "drizzle-orm";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Note } from "./note.ts";

/** Makes one model the tenant's default, or none: then queues without a mapping answer extractively. */
export function setDefaultModel(
  { db, note }: { db: Database; note: Note },
  tenantId: string,
  modelId: string | undefined,
): Promise<void> {
  return withTenant(db, tenantId, async (tx) => {
    if (modelId !== undefined) {
      const [known] = await tx
        .select({ id: modelIntegrations.id })
        .from(modelIntegrations)
        .where(eq(modelIntegrations.id, modelId));
      if (!known) throw new AppError("not_found", "This model does not exist any more.");
    }
    await markDefaultModel(tx, modelId);
    const values = { modelIntegrationId: modelId ?? null };
    const changed = await tx
      .update(profiles)
      .set({ ...values, version: sql`${profiles.version} + 1` })
      .where(eq(profiles.isDefault, true))
      .returning({ id: profiles.id });
    if (changed.length === 0) await tx.insert(profiles).values({ tenantId, isDefault: true, ...values });
    await note(tx, { action: "model.default", target: modelId ?? "none" });
  });
}

/** The mark in the list follows the tenant's default profile, which is what answers. */
async function markDefaultModel(tx: TenantTransaction, modelId: string | undefined): Promise<void> {
  const isDefault = modelId === undefined ? sql`false` : sql`${modelIntegrations.id} = ${modelId}`;
  await tx.update(modelIntegrations).set({ isDefault });
}
