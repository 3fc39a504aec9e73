import type { IndexChunk, SearchIndex } from "./build-index.ts";
import type { SearchQuery } from "./compose-query.ts";
import { confidenceOf } from "./confidence.ts";
import { denseScores, type Forms } from "./dense.ts";
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
  /** Cosine of the question, in the form closest to it, and the passage's closest sentence; 0 without vectors. */
  dense: number;
  matchedTerms: string[];
  /** Share of the question's information that its words cover. */
  coverage?: number;
  /** What it is about, where the question names that. */
  subject?: string;
  why: string;
};

export type SearchOptions = {
  limit: number;
  /** The vectors of `query.forms`; without them the search is lexical. */
  vectors?: Forms;
  /** Restricts the search, for example to some documents of the base. */
  only?: (chunk: IndexChunk) => boolean;
};

/** Short questions over short passages are where the encoder is as good as the words; it fades beyond. */
const DENSE_SHARE = 0.5;
const LONG_QUESTION_TERMS = 12;
const LONG_PASSAGE_TERMS = 60;
/** Among the few passages of one subject all are close in meaning; their small differences say less. */
const SUBJECT_FACTOR = 0.6;

/** How much the words of the whole article count beside those of the section. */
const ARTICLE_SHARE = 0.3;

/** How much an article's second best section counts beside the section itself. */
const VOTE_SHARE = 0.3;
/** A question is closer to another question or a title than to the statement that answers it. */
const STATEMENT_GAP = 0.1;

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
        cosine:
          one.cosine === undefined
            ? undefined
            : one.cosine + STATEMENT_GAP * (index.statements[one.chunk] ?? 0),
        margin: one.rank - (rival?.rank ?? 0),
        askedTerms: query.asked.size,
      }),
      rank: one.rank,
      lexical: one.lexical,
      dense: one.cosine ?? 0,
      matchedTerms: coverage.matchedTerms,
      coverage: coverage.coverage,
      ...(coverage.subject !== undefined && { subject: coverage.subject }),
      why: explain(coverage, one.cosine),
    };
  });
}

function rankAll(index: SearchIndex, query: SearchQuery, options: SearchOptions): Scored[] {
  const candidates = candidatesOf(index, query, options);
  const scores = wordScores(index, query);
  const cosines = options.vectors && denseScores(index.chunks, candidates, options.vectors, scores);
  const share = cosines ? denseShare(index, query) : 0;
  const best = candidates.reduce((top, chunk) => Math.max(top, scores[chunk] ?? 0), 0) || 1;
  const [low, high] = rangeOf(cosines ?? []);

  const scored = candidates
    .map((chunk, position) => {
      const lexical = (scores[chunk] ?? 0) / best;
      const cosine = cosines?.[position];
      const meaning = cosine === undefined ? 0 : (cosine - low) / (high - low || 1);
      return { chunk, lexical, cosine, rank: (1 - share) * lexical + share * meaning };
    })
    .sort((a, b) => b.rank - a.rank);
  return withVotes(index, scored);
}

/** Two sections that speak for an article say more than one: its second best lifts or lowers the others a bit. */
function withVotes(index: SearchIndex, scored: readonly Scored[]): Scored[] {
  const best = new Map<string, number[]>();
  for (const { chunk, rank } of scored) {
    const id = index.chunks[chunk]?.documentId ?? "";
    const ranks = best.get(id) ?? [];
    if (ranks.length < 2) ranks.push(rank);
    best.set(id, ranks);
  }
  return scored
    .map((one) => {
      const ranks = best.get(index.chunks[one.chunk]?.documentId ?? "") ?? [];
      const vote = ranks[1] ?? one.rank;
      return { ...one, rank: (1 - VOTE_SHARE) * one.rank + VOTE_SHARE * vote };
    })
    .sort((a, b) => b.rank - a.rank);
}

/** BM25 of the section and of its whole article; for an article of one section both are the same. */
function wordScores({ bm25, documents }: SearchIndex, { terms }: SearchQuery): Float32Array {
  const whole = documents.bm25.score(terms);
  return bm25
    .score(terms)
    .map(
      (own, chunk) =>
        (1 - ARTICLE_SHARE) * own + ARTICLE_SHARE * (whole[documents.ofChunk[chunk] ?? -1] ?? 0),
    );
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
