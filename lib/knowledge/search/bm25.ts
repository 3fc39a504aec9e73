const K1 = 1.2;
const B = 0.75;

/** A document as weighted term counts; a term of the title counts more than one of the body. */
export type TermCounts = ReadonlyMap<string, number>;

type Posting = { documents: Int32Array; weights: Float32Array };

export type Bm25 = {
  size: number;
  /** How rare a term is; a term the base has never seen is as rare as can be. */
  idf(term: string): number;
  has(term: string): boolean;
  /** One score per document for weighted query terms. */
  score(query: TermCounts): Float32Array;
};

/** Okapi BM25 with the per-document part computed once, so that a query costs one pass over its postings. */
export function createBm25(documents: readonly TermCounts[]): Bm25 {
  const size = documents.length;
  const lengths = documents.map((counts) => sum(counts.values()));
  const average = sum(lengths) / Math.max(1, size) || 1;
  const postings = invert(documents, lengths, average);
  const rarity = (count: number) => Math.log(1 + (size - count + 0.5) / (count + 0.5));
  const unseen = rarity(0);

  const idf = (term: string) => {
    const posting = postings.get(term);
    return posting ? rarity(posting.documents.length) : unseen;
  };

  return {
    size,
    idf,
    has: (term) => postings.has(term),
    score(query) {
      const scores = new Float32Array(size);
      for (const [term, weight] of query) {
        const posting = postings.get(term);
        if (!posting) continue;
        const factor = weight * idf(term);
        for (let i = 0; i < posting.documents.length; i++) {
          const document = posting.documents[i] ?? 0;
          scores[document] = (scores[document] ?? 0) + factor * (posting.weights[i] ?? 0);
        }
      }
      return scores;
    },
  };
}

function invert(documents: readonly TermCounts[], lengths: readonly number[], average: number) {
  const lists = new Map<string, [document: number, weight: number][]>();
  documents.forEach((counts, document) => {
    const norm = K1 * (1 - B + (B * (lengths[document] ?? 0)) / average);
    for (const [term, count] of counts) {
      const list = lists.get(term) ?? [];
      if (list.length === 0) lists.set(term, list);
      list.push([document, (count * (K1 + 1)) / (count + norm)]);
    }
  });
  const postings = new Map<string, Posting>();
  for (const [term, list] of lists) {
    postings.set(term, {
      documents: Int32Array.from(list, ([document]) => document),
      weights: Float32Array.from(list, ([, weight]) => weight),
    });
  }
  return postings;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
