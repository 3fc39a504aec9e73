import type { SearchLog } from "#/lib/events/search-log.ts";
import type { Retrieval } from "./retrieve.ts";

/** What the search found, for the trail: a reader learns from it why a card says what it says, or why there is none. */
export function searchLog(
  { passages, knowledgeVersion }: Pick<Retrieval, "passages" | "knowledgeVersion">,
  rule: { knowledgeBaseId: string; threshold: number },
): SearchLog {
  return {
    ...rule,
    knowledgeVersion,
    best: passages[0]?.score ?? 0,
    hits: passages.map(({ chunk, chunkId, documentId, score, lexical, dense }) => ({
      chunkId,
      documentId,
      title: chunk.title,
      headingPath: [...chunk.headingPath],
      score: rounded(score),
      lexical: rounded(lexical),
      dense: rounded(dense),
    })),
  };
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
