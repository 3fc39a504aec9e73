import { search } from "#/lib/knowledge/search/search.ts";
import type { PreparedSet } from "./retrieval-corpus.ts";

export type CurvePoint = {
  threshold: number;
  /** Share of answerable questions that get a card whose first source is right. */
  rightCards: number;
  /** Share of answerable questions that get any card. */
  cards: number;
  /** Share of questions that the base cannot answer and that get a card all the same. */
  falseCards: number;
};

const STEP = 0.05;

/** What each threshold would show: right cards against cards for questions that nothing answers. */
export function silenceCurve(prepared: PreparedSet, extra: readonly number[] = []): CurvePoint[] {
  const best = prepared.set.queries.map((query) => {
    const { index } = prepared.corpusOf(query);
    const lookup = prepared.lookupOf(query);
    const [first] = search(index, lookup.query, { limit: 1, vectors: lookup.vectors });
    const relevant = prepared.set.relevant.get(query.id);
    return {
      score: first?.score ?? 0,
      answerable: relevant !== undefined,
      right: first !== undefined && relevant?.has(first.documentId) === true,
    };
  });
  const answerable = best.filter((one) => one.answerable);
  const unanswerable = best.filter((one) => !one.answerable);
  const share = (of: typeof best, all: typeof best) => of.length / Math.max(1, all.length);
  const steps = Array.from({ length: Math.round(1 / STEP) }, (_, i) => i * STEP);
  return [...new Set([...steps, ...extra])]
    .sort((a, b) => a - b)
    .map((threshold) => {
      const shown = (one: { score: number }) => one.score >= threshold;
      return {
        threshold,
        rightCards: share(
          answerable.filter((one) => one.right && shown(one)),
          answerable,
        ),
        cards: share(answerable.filter(shown), answerable),
        falseCards: share(unanswerable.filter(shown), unanswerable),
      };
    });
}
