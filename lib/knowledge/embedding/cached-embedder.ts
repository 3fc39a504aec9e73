import type { Embedder } from "./embedder.ts";

const QUERY_TEXTS = 4;

/**
 * Remembers the vectors of questions: callers ask the same things, and a retried job asks them again.
 * Bulk calls pass through, so that indexing a book does not push the questions out.
 */
export function cachedEmbedder(embedder: Embedder, capacity = 2_000): Embedder {
  const cache = new Map<string, Promise<Float32Array>>();

  const one = (text: string): Promise<Float32Array> => {
    const known = cache.get(text);
    if (known !== undefined) {
      // A Map keeps insertion order: moving the entry to the end makes it the most recent.
      cache.delete(text);
      cache.set(text, known);
      return known;
    }
    const pending = embedder
      .embed([text])
      .then(([vector]) => vector ?? new Float32Array(embedder.dimensions));
    cache.set(text, pending);
    pending.catch(() => cache.delete(text));
    const oldest = cache.size > capacity ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    return pending;
  };

  return {
    ...embedder,
    embed: (texts) => (texts.length > QUERY_TEXTS ? embedder.embed(texts) : Promise.all(texts.map(one))),
  };
}
