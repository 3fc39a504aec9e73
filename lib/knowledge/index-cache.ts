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

/** Of all indexes together, beside what else a jobs process needs. */
const MOST_BYTES = 512 * 1024 * 1024;

/** A character and what is derived of it (terms of passages and documents, postings, statements); measured. */
const BYTES_A_CHARACTER = 14;

/** What an index holds in memory, near enough to bound it: its vectors by far, then its text. */
export function bytesOf({ chunks: held }: SearchIndex): number {
  return held.reduce(
    (sum, { vectors, text }) => sum + (vectors?.byteLength ?? 0) + text.length * BYTES_A_CHARACTER,
    0,
  );
}

/**
 * Keeps the indexes of the bases used last in memory. Each use asks Postgres for the base's version,
 * so that a changed document is found by the next question; many asking at once build an index once.
 */
export function createIndexCache(db: Database, mostBytes: number = MOST_BYTES): IndexCache {
  const keep = createIndexKeeper(mostBytes);
  return async ({ tenantId, knowledgeBaseId }) => {
    const version = await readVersion(db, tenantId, knowledgeBaseId);
    if (version === undefined) return undefined;
    const key = `${tenantId}:${knowledgeBaseId}`;
    return { index: await keep(key, version, () => load(db, tenantId, knowledgeBaseId)), version };
  };
}

/** An index of one version: the kept one, or the one that `build` makes now. */
export type IndexKeeper = (
  key: string,
  version: number,
  build: () => Promise<SearchIndex>,
) => Promise<SearchIndex>;

type Kept = { version: number; index: Promise<SearchIndex>; bytes: number };

/**
 * Bounds what is kept by its memory, since one base may be as large as a hundred others. The one that was not
 * used for longest goes first; the one that is asked for stays, however large it is.
 */
export function createIndexKeeper(mostBytes: number): IndexKeeper {
  const kept = new Map<string, Kept>();
  const makeRoom = (inUse: Kept) => {
    let total = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [key, entry] of kept) {
      if (total <= mostBytes) return;
      // What is being built has no size yet: to let it go would free nothing and have it built twice.
      if (entry === inUse || entry.bytes === 0) continue;
      kept.delete(key);
      total -= entry.bytes;
    }
  };

  return async (key, version, build) => {
    const known = kept.get(key);
    const entry = known?.version === version ? known : { version, index: build(), bytes: 0 };
    kept.delete(key);
    kept.set(key, entry);
    try {
      const index = await entry.index;
      if (entry.bytes === 0) {
        entry.bytes = bytesOf(index);
        makeRoom(entry);
      }
      return index;
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
      ...(chunk.page !== null && { page: chunk.page }),
      vectors: chunk.embedding ? Float32Array.from(chunk.embedding) : undefined,
    })),
  );
}
