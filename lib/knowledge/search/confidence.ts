/** What is known about a passage as an answer, apart from how it compares with the others. */
export type Evidence = {
  /** Share of the question's information (by rarity) that the passage's words cover. */
  coverage: number;
  /** Cosine of the question and the passage's closest sentence; undefined without vectors. */
  cosine: number | undefined;
  /** How far this passage is ahead of the best other document, in mixed score. */
  margin: number;
  /** Words of substance in the question: "yes or no" is close to much and asks nothing. */
  askedTerms: number;
};

/** Below this a passage earns no card. Where it lies on the curve of the bench is in docs/decisions. */
export const CARD_THRESHOLD = 0.4;

const FULL_QUESTION_TERMS = 4;
const WITH_VECTORS = { bias: -7.1, coverage: 2, cosine: 7, margin: 2.5, substance: 1.5 };
const WORDS_ONLY = { bias: -4.5, coverage: 4.5, cosine: 0, margin: 2, substance: 1.5 };

/** How likely a passage answers, 0..1, from absolute signs: the best of bad passages stays a bad passage. */
export function confidenceOf({ coverage, cosine, margin, askedTerms }: Evidence): number {
  const weights = cosine === undefined ? WORDS_ONLY : WITH_VECTORS;
  const sum =
    weights.bias +
    weights.coverage * coverage +
    weights.cosine * (cosine ?? 0) +
    weights.margin * Math.max(0, margin) +
    weights.substance * Math.min(1, askedTerms / FULL_QUESTION_TERMS);
  return 1 / (1 + Math.exp(-sum));
}
