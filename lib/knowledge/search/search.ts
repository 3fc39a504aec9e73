import type { IndexChunk, SearchIndex } from "./build-index.ts";
import type { SearchQuery } from "./compose-query.ts";
import { confidenceOf } from "./confidence.ts";
import { denseScores } from "./dense.ts";
import { coverageOf, explain } from "./evidence.ts";

export type Passage = {
  chunkId: string;
  documentId: string;
  /** Confidence that this passage answers, 0..1; below `CARD_THRESHOLD` it earns no card. */
  score: number;
  /** The mixed score that ordered the passages; comparable within one search only. */
  rank: number;
  /** BM25 as a share of the best passage's. */
  lexical: number;
  /** Cosine of the question and the passage's closest sentence; 0 without vectors. */
  dense: number;
  matchedTerms: string[];
  why: string;
};

export type SearchOptions = {
  limit: number;
  /** The vector of `query.text`; without it the search is lexical. */
  vector?: Float32Array;
  /** Restricts the search, for example to some documents of the base. */
  only?: (chunk: IndexChunk) => boolean;
};

/** Short questions over short passages are where the encoder is as good as the words; it fades beyond. */
const DENSE_SHARE = 0.5;
const LONG_QUESTION_TERMS = 12;
const LONG_PASSAGE_TERMS = 60;
/** Among the few passages of one subject all are close in meaning; their small differences say less. */
const SUBJECT_FACTOR = 0.6;

type Scored = { chunk: number; lexical: number; cosine: number | undefined; rank: number };

/** The passages most likely to answer, best first, each with a confidence that can be held to a threshold. */
export function search(index: SearchIndex, query: SearchQuery, options: SearchOptions): Passage[] {
  const scored = rankAll(index, query, options);
  const documentOf = (one: Scored | undefined) => (one ? index.chunks[one.chunk]?.documentId : undefined);
  const [first] = scored;
  const second = scored.find((one) => documentOf(one) !== documentOf(first));

  return scored.slice(0, options.limit).flatMap((one) => {
    const chunk = index.chunks[one.chunk];
    if (!chunk || one.rank <= 0) return [];
    const rival = chunk.documentId === documentOf(first) ? second : first;
    const coverage = coverageOf(index, query, one.chunk);
    return {
      chunkId: chunk.id,
      documentId: chunk.documentId,
      score: confidenceOf({
        coverage: coverage.coverage,
        cosine: one.cosine,
        margin: one.rank - (rival?.rank ?? 0),
        askedTerms: query.asked.size,
      }),
      rank: one.rank,
      lexical: one.lexical,
      dense: one.cosine ?? 0,
      matchedTerms: coverage.matchedTerms,
      why: explain(coverage, one.cosine),
    };
  });
}

function rankAll(index: SearchIndex, query: SearchQuery, options: SearchOptions): Scored[] {
  const candidates = candidatesOf(index, query, options);
  const scores = index.bm25.score(query.terms);
  const cosines = options.vector && denseScores(index.chunks, candidates, options.vector, scores);
  const share = cosines ? denseShare(index, query) : 0;
  const best = candidates.reduce((top, chunk) => Math.max(top, scores[chunk] ?? 0), 0) || 1;
  const [low, high] = rangeOf(cosines ?? []);

  return candidates
    .map((chunk, position) => {
      const lexical = (scores[chunk] ?? 0) / best;
      const cosine = cosines?.[position];
      const meaning = cosine === undefined ? 0 : (cosine - low) / (high - low || 1);
      return { chunk, lexical, cosine, rank: (1 - share) * lexical + share * meaning };
    })
    .sort((a, b) => b.rank - a.rank);
}

/** Chunks of other subjects than those asked about are out; chunks that belong to none stay. */
function candidatesOf(index: SearchIndex, query: SearchQuery, { only }: SearchOptions): number[] {
  const all = index.chunks.flatMap((chunk, i) => (only && !only(chunk) ? [] : [i]));
  if (query.subjects.length === 0) return all;
  const wanted = query.subjects.map(({ subject }) => index.subjects.subjects[subject]?.chunks);
  return all.filter((i) => index.withoutSubject.has(i) || wanted.some((chunks) => chunks?.has(i)));
}

function denseShare(index: SearchIndex, query: SearchQuery): number {
  const byQuestion = Math.min(1, LONG_QUESTION_TERMS / Math.max(1, query.asked.size));
  const byPassage = Math.min(1, LONG_PASSAGE_TERMS / Math.max(1, index.meanWords));
  const bySubject = query.subjects.length > 0 ? SUBJECT_FACTOR : 1;
  return DENSE_SHARE * byQuestion * byPassage * bySubject;
}

function rangeOf(values: Iterable<number>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
