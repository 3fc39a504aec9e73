import { and, eq, type SQL } from "drizzle-orm";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type ChosenModel = typeof modelIntegrations.$inferSelect;

/** What answers, in the versions of this moment. */
export type ChosenProfile = {
  profileId: string;
  version: number;
  knowledgeBaseId: string | undefined;
  knowledgeVersion: number;
  /** The mapping has no base of its own and searches the default's. */
  baseInherited?: true;
  systemPrompt: string;
  /** Undefined: extractive answers. */
  model: ChosenModel | undefined;
  /** Undefined: the product's own threshold. */
  threshold: number | undefined;
  why: "queue mapping" | "tenant default";
};

type Place = { tenantId: string; connectionId: string; queueId?: string | undefined };

/** The queue's own profile, else the tenant's default, else undefined: then nothing can answer. */
export function chooseProfile(db: Database, place: Place): Promise<ChosenProfile | undefined> {
  return withTenant(db, place.tenantId, async (tx) => {
    const fallback = await readChosen(tx, eq(profiles.isDefault, true), "tenant default");
    if (place.queueId === undefined) return fallback;
    const mapped = await mappedProfile(tx, place.connectionId, place.queueId);
    if (!mapped) return fallback;
    const own = await readChosen(tx, eq(profiles.id, mapped), "queue mapping");
    if (!own || own.knowledgeBaseId !== undefined || !fallback) return own;
    // A mapping without a base of its own searches the tenant's.
    const { knowledgeBaseId, knowledgeVersion } = fallback;
    return { ...own, knowledgeBaseId, knowledgeVersion, baseInherited: true };
  });
}

async function mappedProfile(tx: TenantTransaction, connectionId: string, queueId: string) {
  const [row] = await tx
    .select({ id: queueMappings.profileId })
    .from(queueMappings)
    .where(and(eq(queueMappings.connectionId, connectionId), eq(queueMappings.queueId, queueId)));
  return row?.id;
}

async function readChosen(
  tx: TenantTransaction,
  which: SQL,
  why: ChosenProfile["why"],
): Promise<ChosenProfile | undefined> {
  const [row] = await tx
    .select({ profile: profiles, model: modelIntegrations, knowledgeVersion: knowledgeBases.version })
    .from(profiles)
    .leftJoin(modelIntegrations, eq(modelIntegrations.id, profiles.modelIntegrationId))
    .leftJoin(knowledgeBases, eq(knowledgeBases.id, profiles.knowledgeBaseId))
    .where(which);
  if (!row) return undefined;
  const { profile } = row;
  return {
    profileId: profile.id,
    version: profile.version,
    knowledgeBaseId: profile.knowledgeBaseId ?? undefined,
    knowledgeVersion: row.knowledgeVersion ?? 0,
    systemPrompt: profile.systemPrompt,
    model: row.model ?? undefined,
    threshold: profile.threshold ?? undefined,
    why,
  };
}
