import { and, asc, eq, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import { platformQueues } from "#/drizzle/schema/platform-queues.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

export type ProfileView = {
  profileId: string | undefined;
  version: number;
  updatedAt: Date | undefined;
  knowledgeBaseId: string | undefined;
  knowledgeBase: string | undefined;
  systemPrompt: string;
  modelIntegrationId: string | undefined;
  model: string | undefined;
  threshold: number | undefined;
  /** Of the last seven days: cards, and how many of them an agent copied or inserted. */
  cards: number;
  used: number;
};

export type MappingRow = ProfileView & {
  mappingId: string;
  connectionId: string;
  connection: string;
  platform: PlatformId;
  queueId: string;
  queueName: string;
  /** Since when the platform's own list is without it; the mapping holds all the same. */
  queueGoneAt: Date | undefined;
};

export type MappingTable = { fallback: ProfileView; mappings: MappingRow[] };

const NOTHING: ProfileView = {
  profileId: undefined,
  version: 0,
  updatedAt: undefined,
  knowledgeBaseId: undefined,
  knowledgeBase: undefined,
  systemPrompt: "",
  modelIntegrationId: undefined,
  model: undefined,
  threshold: undefined,
  cards: 0,
  used: 0,
};

/** The tenant's default and every mapped queue, with what came of them lately. */
export function listMappings(db: Database, tenantId: string): Promise<MappingTable> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx
      .select({
        profile: profiles,
        base: knowledgeBases.name,
        model: modelIntegrations.name,
        mapping: queueMappings,
        connection: connections.name,
        platform: connections.platform,
        goneAt: platformQueues.goneAt,
      })
      .from(profiles)
      .leftJoin(knowledgeBases, eq(knowledgeBases.id, profiles.knowledgeBaseId))
      .leftJoin(modelIntegrations, eq(modelIntegrations.id, profiles.modelIntegrationId))
      .leftJoin(queueMappings, eq(queueMappings.profileId, profiles.id))
      .leftJoin(connections, eq(connections.id, queueMappings.connectionId))
      .leftJoin(
        platformQueues,
        and(
          eq(platformQueues.connectionId, queueMappings.connectionId),
          eq(platformQueues.queueId, queueMappings.queueId),
        ),
      )
      .orderBy(asc(connections.name), asc(queueMappings.queueName));
    const uses = await usesOf(tx);

    const view = (row: (typeof rows)[number]): ProfileView => ({
      profileId: row.profile.id,
      version: row.profile.version,
      updatedAt: row.profile.updatedAt,
      knowledgeBaseId: row.profile.knowledgeBaseId ?? undefined,
      knowledgeBase: row.base ?? undefined,
      systemPrompt: row.profile.systemPrompt,
      modelIntegrationId: row.profile.modelIntegrationId ?? undefined,
      model: row.model ?? undefined,
      threshold: row.profile.threshold ?? undefined,
      cards: uses.get(row.profile.id)?.cards ?? 0,
      used: uses.get(row.profile.id)?.used ?? 0,
    });
    const fallback = rows.find(({ profile }) => profile.isDefault);
    const mappings = rows.flatMap((row) => {
      const { mapping, connection, platform } = row;
      if (!mapping || connection === null || platform === null) return [];
      const { id, connectionId, queueId, queueName } = mapping;
      const queueGoneAt = row.goneAt ?? undefined;
      const place = { mappingId: id, connectionId, connection, platform, queueId, queueName, queueGoneAt };
      return [{ ...place, ...view(row) }];
    });
    return { fallback: fallback ? view(fallback) : NOTHING, mappings };
  });
}

async function usesOf(tx: TenantTransaction): Promise<Map<string, { cards: number; used: number }>> {
  const rows = await tx
    .select({
      profileId: suggestions.profileId,
      cards: sql<number>`count(*)::int`,
      used: sql<number>`(count(*) filter (where exists (
        select 1 from feedback f where f.suggestion_id = ${suggestions.id} and f.kind in ('copied', 'inserted'))))::int`,
    })
    .from(suggestions)
    .where(sql`${suggestions.createdAt} > now() - interval '7 days'`)
    .groupBy(suggestions.profileId);
  return new Map(rows.map(({ profileId, cards, used }) => [profileId, { cards, used }]));
}
