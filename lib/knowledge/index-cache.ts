import { eq } from "drizzle-orm";
import { chunks } from "#/drizzle/schema/chunks.ts";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { buildIndex, type SearchIndex } from "./search/build-index.ts";

export type LoadedIndex = { index: SearchIndex; version: number };

/** A knowledge base's search index of its present version; undefined where the tenant has no such base. */
export type IndexCache = (place: {
  tenantId: string;
  knowledgeBaseId: string;
}) => Promise<LoadedIndex | undefined>;

const MOST_BASES = 50;

/**
 * Keeps the indexes of the bases used last in memory. Each use asks Postgres for the base's version,
 * so that a changed document is found by the next question; many asking at once build an index once.
 */
export function createIndexCache(db: Database): IndexCache {
  const kept = new Map<string, { version: number; index: Promise<SearchIndex> }>();

  return async ({ tenantId, knowledgeBaseId }) => {
    const version = await readVersion(db, tenantId, knowledgeBaseId);
    if (version === undefined) return undefined;
    const key = `${tenantId}:${knowledgeBaseId}`;
    const known = kept.get(key);
    const entry =
      known?.version === version ? known : { version, index: load(db, tenantId, knowledgeBaseId) };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > MOST_BASES && oldest) kept.delete(oldest);
    try {
      return { index: await entry.index, version };
    } catch (error) {
      if (kept.get(key) === entry) kept.delete(key);
      throw error;
    }
  };
}

async function readVersion(db: Database, tenantId: string, id: string): Promise<number | undefined> {
  const [base] = await withTenant(db, tenantId, (tx) =>
    tx.select({ version: knowledgeBases.version }).from(knowledgeBases).where(eq(knowledgeBases.id, id)),
  );
  return base?.version;
}

async function load(db: Database, tenantId: string, knowledgeBaseId: string): Promise<SearchIndex> {
  const rows = await withTenant(db, tenantId, (tx) =>
    tx
      .select({ chunk: chunks, title: documents.title })
      .from(chunks)
      .innerJoin(documents, eq(documents.id, chunks.documentId))
      .where(eq(chunks.knowledgeBaseId, knowledgeBaseId))
      .orderBy(chunks.documentId, chunks.ordinal),
  );
  return buildIndex(
    rows.map(({ chunk, title }) => ({
      id: chunk.id,
      documentId: chunk.documentId,
      title,
      headingPath: chunk.headingPath,
      text: chunk.text,
      vectors: chunk.embedding ? Float32Array.from(chunk.embedding) : undefined,
    })),
  );
}
