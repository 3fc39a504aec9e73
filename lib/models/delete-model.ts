import { eq, sql } from "drizzle-orm";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Note } from "./note.ts";

/** Deletes a model with its key. Queues that used it answer extractively from now on. */
export function deleteModel(
  { db, note }: { db: Database; note: Note },
  tenantId: string,
  modelId: string,
): Promise<void> {
  return withTenant(db, tenantId, async (tx) => {
    await tx
      .update(profiles)
      .set({ modelIntegrationId: null, version: sql`${profiles.version} + 1` })
      .where(eq(profiles.modelIntegrationId, modelId));
    const deleted = await tx.delete(modelIntegrations).where(eq(modelIntegrations.id, modelId)).returning();
    if (deleted.length === 0) throw new AppError("not_found", "This model does not exist any more.");
    await note(tx, { action: "model.deleted", target: modelId });
  });
}
