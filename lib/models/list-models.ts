import { asc, eq } from "drizzle-orm";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type ModelIntegration = typeof modelIntegrations.$inferSelect;

/** A model as pages show it: that there is a key, never the key. */
export type ModelRow = Pick<
  ModelIntegration,
  "id" | "name" | "kind" | "baseUrl" | "model" | "isDefault" | "updatedAt"
> & {
  hasKey: boolean;
  /** Where it answers: queue names, or "Tenant default". */
  usedBy: string[];
};

export function listModels(db: Database, tenantId: string): Promise<ModelRow[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.select().from(modelIntegrations).orderBy(asc(modelIntegrations.name));
    const uses = await tx
      .select({
        modelId: profiles.modelIntegrationId,
        isDefault: profiles.isDefault,
        queue: queueMappings.queueName,
      })
      .from(profiles)
      .leftJoin(queueMappings, eq(queueMappings.profileId, profiles.id));
    return rows.map(({ sealedKey, ...row }) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      baseUrl: row.baseUrl,
      model: row.model,
      isDefault: row.isDefault,
      updatedAt: row.updatedAt,
      hasKey: sealedKey !== null,
      usedBy: uses
        .filter(({ modelId }) => modelId === row.id)
        .map(({ isDefault, queue }) => (isDefault ? "Tenant default" : (queue ?? "a profile"))),
    }));
  });
}

/** With its sealed key, for the use cases that open it. */
export function readModel(
  db: Database,
  tenantId: string,
  modelId: string,
): Promise<ModelIntegration | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx.select().from(modelIntegrations).where(eq(modelIntegrations.id, modelId));
    return row;
  });
}
