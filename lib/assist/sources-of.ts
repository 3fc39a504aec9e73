import type { Source } from "#/lib/events/suggestion.ts";
import { placeOf } from "#/lib/knowledge/search/place-of.ts";
import type { FoundPassage } from "./retrieve.ts";

/** The passages as a card lists them, numbered from one in the order of their confidence. */
export function sourcesOf(passages: readonly FoundPassage[]): Source[] {
  return passages.map(({ chunkId, documentId, chunk, score }, index) => ({
    n: index + 1,
    chunkId,
    documentId,
    title: chunk.title,
    headingPath: placeOf(chunk),
    score,
  }));
}
