import { asc, eq, sql } from "drizzle-orm";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type BaseRow = {
  id: string;
  name: string;
  version: number;
  updatedAt: Date;
  documents: number;
  ready: number;
  failed: number;
  passages: number;
  /** Where it answers: queue names, or "Tenant default". */
  usedBy: string[];
};

const countOf = (state: string) => sql<number>`(count(*) filter (where ${documents.state} = ${state}))::int`;

export function listBases(db: Database, tenantId: string): Promise<BaseRow[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx
      .select({
        id: knowledgeBases.id,
        name: knowledgeBases.name,
        version: knowledgeBases.version,
        updatedAt: knowledgeBases.updatedAt,
        documents: sql<number>`count(${documents.id})::int`,
        ready: countOf("ready"),
        failed: countOf("failed"),
        passages: sql<number>`coalesce(sum(${documents.chunkCount}), 0)::int`,
      })
      .from(knowledgeBases)
      .leftJoin(documents, eq(documents.knowledgeBaseId, knowledgeBases.id))
      .groupBy(knowledgeBases.id)
      .orderBy(asc(knowledgeBases.name));
    const uses = await tx
      .select({
        baseId: profiles.knowledgeBaseId,
        isDefault: profiles.isDefault,
        queue: queueMappings.queueName,
      })
      .from(profiles)
      .leftJoin(queueMappings, eq(queueMappings.profileId, profiles.id));
    return rows.map((row) => ({
      ...row,
      usedBy: uses
        .filter(({ baseId }) => baseId === row.id)
        .map(({ isDefault, queue }) => (isDefault ? "Tenant default" : (queue ?? "a profile"))),
    }));
  });
}
