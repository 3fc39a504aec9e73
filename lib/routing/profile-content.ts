import { eq } from "drizzle-orm";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import type { profileVersions } from "#/drizzle/schema/profile-versions.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { ProfileContent } from "./profile-changes.ts";

export type StoredProfile = {
  profileId: string;
  version: number;
  updatedAt: Date;
  content: ProfileContent;
};

/** A profile as it is now, under a lock until the transaction ends. */
export async function lockProfile(
  tx: TenantTransaction,
  profileId: string,
): Promise<StoredProfile | undefined> {
  const [locked] = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.id, profileId))
    .for("update");
  return locked && readProfile(tx, profileId);
}

export async function readProfile(
  tx: TenantTransaction,
  profileId: string,
): Promise<StoredProfile | undefined> {
  const [row] = await tx
    .select({
      profile: profiles,
      queueName: queueMappings.queueName,
      base: knowledgeBases.name,
      model: modelIntegrations.name,
    })
    .from(profiles)
    .leftJoin(queueMappings, eq(queueMappings.profileId, profiles.id))
    .leftJoin(knowledgeBases, eq(knowledgeBases.id, profiles.knowledgeBaseId))
    .leftJoin(modelIntegrations, eq(modelIntegrations.id, profiles.modelIntegrationId))
    .where(eq(profiles.id, profileId));
  if (!row) return undefined;
  const { id, version, updatedAt } = row.profile;
  const names = { queueName: row.queueName, knowledgeBase: row.base, model: row.model };
  return { profileId: id, version, updatedAt, content: contentOf({ ...row.profile, ...names }) };
}

type Columns = Pick<
  typeof profileVersions.$inferSelect,
  | "queueName"
  | "knowledgeBaseId"
  | "knowledgeBase"
  | "systemPrompt"
  | "modelIntegrationId"
  | "model"
  | "threshold"
>;

export function contentOf(row: Columns): ProfileContent {
  return {
    queueName: row.queueName ?? undefined,
    knowledgeBaseId: row.knowledgeBaseId ?? undefined,
    knowledgeBase: row.knowledgeBase ?? undefined,
    systemPrompt: row.systemPrompt,
    modelIntegrationId: row.modelIntegrationId ?? undefined,
    model: row.model ?? undefined,
    threshold: row.threshold ?? undefined,
  };
}
