import { dot } from "#/lib/knowledge/embedding/embedder.ts";
import { type Bm25, createBm25 } from "#/lib/knowledge/search/bm25.ts";
import { findSubjects } from "#/lib/knowledge/search/find-subjects.ts";
import { search } from "#/lib/knowledge/search/search.ts";
import { termsOf } from "#/lib/knowledge/search/tokens.ts";
import type { Corpus, PreparedSet } from "./retrieval-corpus.ts";
import type { EvaluationQuery } from "./retrieval-sets.ts";

/** Anything that puts documents in an order for a query; ours and the baselines alike. */
export type System = { name: string; rank(prepared: PreparedSet, query: EvaluationQuery): string[] };

const PASSAGES = 60;

export const ours: System = {
  name: "ours (words, meaning, subject)",
  rank: (prepared, query) => rankOurs(prepared, query, true),
};

export const oursWithoutMeaning: System = {
  name: "ours without vectors",
  rank: (prepared, query) => rankOurs(prepared, query, false),
};

function rankOurs(prepared: PreparedSet, query: EvaluationQuery, dense: boolean): string[] {
  const { index } = prepared.corpusOf(query);
  const lookup = prepared.lookupOf(query);
  const vectors = dense ? lookup.vectors : undefined;
  const passages = search(index, lookup.query, { limit: PASSAGES, vectors });
  return [...new Set(passages.map(({ documentId }) => documentId))];
}

/** Whole documents, titles twice, no mixing: BM25 as BASELINES measured it. */
export const bm25: System = {
  name: "BM25",
  rank: (prepared, query) => bestFirst(prepared, query, wordScores(prepared, query, 1)),
};

export const bm25WithContext: System = {
  name: "BM25, 6 turns, decay .6",
  rank: (prepared, query) => bestFirst(prepared, query, wordScores(prepared, query, 6)),
};

/** The strong rule of BASELINES: only passages of the entity named last, in the order of the last turn's words. */
export const entityThenLastTurn: System = {
  name: "entity filter + BM25 on the last turn",
  rank(prepared, query) {
    const { index, documents, chunks } = prepared.corpusOf(query);
    const said = [...(query.context ?? []).map(({ text }) => text), query.query].toReversed();
    const [latest] = said.flatMap((text) => findSubjects(index.subjects, text).slice(0, 1));
    const scores = wordScores(prepared, query, 1);
    if (!latest) return bestFirst(prepared, query, scores);
    const own = index.subjects.subjects[latest.subject]?.chunks ?? new Set<number>();
    const kept = new Set([...own].map((chunk) => chunks[chunk]?.documentId));
    return bestFirst(
      prepared,
      query,
      scores.map((score, i) => (kept.has(documents[i]?.id) ? score : 0)),
    );
  },
};

export const dense: System = {
  name: "USE, best sentence",
  rank: (prepared, query) => bestFirst(prepared, query, meaningScores(prepared, query)),
};

export const mixOf = (lexicalShare: number): System => ({
  name: `min-max ${lexicalShare} BM25 + ${(1 - lexicalShare).toFixed(1)} USE`,
  rank(prepared, query) {
    const words = minMax(wordScores(prepared, query, 1));
    const meaning = minMax(meaningScores(prepared, query));
    const mixed = words.map((value, i) => lexicalShare * value + (1 - lexicalShare) * (meaning[i] ?? 0));
    return bestFirst(prepared, query, mixed);
  },
});

export const reciprocalRanks: System = {
  name: "RRF BM25 + USE",
  rank(prepared, query) {
    const lists = [wordScores(prepared, query, 1), meaningScores(prepared, query)].map(ranksOf);
    const fused = (lists[0] ?? []).map((_, i) =>
      lists.reduce((sum, ranks) => sum + 1 / (60 + (ranks[i] ?? 0)), 0),
    );
    return bestFirst(prepared, query, fused);
  },
};

const wholeDocuments = new WeakMap<Corpus, Bm25>();

function wordScores(prepared: PreparedSet, query: EvaluationQuery, turns: number): number[] {
  const corpus = prepared.corpusOf(query);
  const index = wholeDocuments.get(corpus) ?? createBm25(corpus.documents.map(termCounts));
  wholeDocuments.set(corpus, index);
  const said = [...(query.context ?? []).map(({ text }) => text), query.query].slice(-turns).toReversed();
  const terms = new Map<string, number>();
  said.forEach((text, back) => {
    for (const term of termsOf(text)) terms.set(term, (terms.get(term) ?? 0) + 0.6 ** back);
  });
  return [...index.score(terms)];
}

function termCounts({ title, text }: { title: string; text: string }): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of [...termsOf(title), ...termsOf(title), ...termsOf(text)]) {
    counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

function meaningScores(prepared: PreparedSet, query: EvaluationQuery): number[] {
  const { documents, chunks } = prepared.corpusOf(query);
  const vector = prepared.vectorOf(query);
  const best = new Map<string, number>();
  for (const { documentId, vectors = new Float32Array() } of chunks) {
    for (let offset = 0; offset + vector.length <= vectors.length; offset += vector.length) {
      best.set(documentId, Math.max(best.get(documentId) ?? 0, dot(vector, vectors, offset)));
    }
  }
  return documents.map(({ id }) => best.get(id) ?? 0);
}

function minMax(scores: readonly number[]): number[] {
  const low = scores.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return scores.map((score) => (score - low) / (high - low || 1));
}

function ranksOf(scores: readonly number[]): number[] {
  const ranks: number[] = [];
  scores
    .map((score, i) => ({ score, i }))
    .sort((a, b) => b.score - a.score)
    .forEach(({ i }, rank) => {
      ranks[i] = rank + 1;
    });
  return ranks;
}

function bestFirst(prepared: PreparedSet, query: EvaluationQuery, scores: readonly number[]): string[] {
  const { documents } = prepared.corpusOf(query);
  return documents
    .map(({ id }, i) => ({ id, score: scores[i] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, PASSAGES)
    .map(({ id }) => id);
}
