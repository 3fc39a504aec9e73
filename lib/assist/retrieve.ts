import type { IndexCache } from "#/lib/knowledge/index-cache.ts";
import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import type { IndexChunk } from "#/lib/knowledge/search/build-index.ts";
import { composeQuery, type SearchQuery, type Turn } from "#/lib/knowledge/search/compose-query.ts";
import { type Passage, search } from "#/lib/knowledge/search/search.ts";

/** A found passage with the stored text that it quotes. */
export type FoundPassage = Passage & { chunk: IndexChunk };

export type Retrieval = {
  query: SearchQuery;
  passages: FoundPassage[];
  knowledgeVersion: number;
  /** What was not as it should be, for the trail. */
  notes: string[];
};

const MOST_PASSAGES = 5;

export type RetrieveDeps = { indexOf: IndexCache; embedder: Embedder };

/**
 * The passages of a base that best answer the last turn, or undefined where there is no such base.
 * Without the embedding engine it searches by words alone and says so.
 */
export async function retrieve(
  deps: RetrieveDeps,
  place: { tenantId: string; knowledgeBaseId: string },
  turns: readonly Turn[],
): Promise<Retrieval | undefined> {
  const loaded = await deps.indexOf(place);
  if (!loaded) return undefined;
  const query = composeQuery(turns, loaded.index);
  const notes: string[] = [];
  const vector = await deps.embedder.embed([query.text]).then(
    ([first]) => first,
    () => {
      notes.push("The embedding engine did not answer; searched by words alone.");
      return undefined;
    },
  );
  const byId = new Map(loaded.index.chunks.map((chunk) => [chunk.id, chunk]));
  const passages = search(loaded.index, query, { limit: MOST_PASSAGES, vector }).flatMap((passage) => {
    const chunk = byId.get(passage.chunkId);
    return chunk ? [{ ...passage, chunk }] : [];
  });
  return { query, passages, knowledgeVersion: loaded.version, notes };
}
