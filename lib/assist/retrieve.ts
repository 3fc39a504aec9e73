import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import type { IndexCache } from "#/lib/knowledge/index-cache.ts";
import type { IndexChunk, SearchIndex } from "#/lib/knowledge/search/build-index.ts";
import { composeQuery, type SearchQuery, type Turn } from "#/lib/knowledge/search/compose-query.ts";
import { type Passage, search } from "#/lib/knowledge/search/search.ts";
import { partsOfTurn } from "./trigger/parts-of-turn.ts";

/** A found passage with the stored text that it quotes. */
export type FoundPassage = Passage & { chunk: IndexChunk };

export type Retrieval = {
  index: SearchIndex;
  /** Of the question in its plainest form; undefined when the engine did not answer. */
  vector: Float32Array | undefined;
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
  const query = composeQuery(turns, loaded.index, partsOfTurn(turns.at(-1)?.text ?? ""));
  const notes: string[] = [];
  const vectors = await deps.embedder.embed(query.forms).then(
    ([first, ...others]) => first && ([first, ...others] as const),
    () => {
      notes.push("The embedding engine did not answer; searched by words alone.");
      return undefined;
    },
  );
  const passages = search(loaded.index, query, { limit: MOST_PASSAGES, vectors }).flatMap((passage) => {
    const chunk = loaded.index.byId.get(passage.chunkId);
    return chunk ? [{ ...passage, chunk }] : [];
  });
  return {
    index: loaded.index,
    vector: vectors?.[0],
    query,
    passages,
    knowledgeVersion: loaded.version,
    notes,
  };
}
