/** What is likely wrong with the knowledge behind a group of questions, and what mends it. */
export type GapCause = "missing" | "outdated" | "insufficient" | "wrong-scope";

export type CauseFacts = {
  unanswered: number;
  rejected: number;
  /** Mean of the best passages' confidence, and of what was needed; undefined where nobody recorded it. */
  confidence: number | undefined;
  threshold: number | undefined;
  /** Days since the rejected cards' sources were last changed, the median; undefined without one. */
  sourceAgeDays: number | undefined;
  /** A queue whose knowledge answers the same question. */
  answeredIn: string | undefined;
};

/** An article that nobody has touched for half a year and whose cards agents reject is likely out of date. */
const OLD_DAYS = 180;
/** Below this share of what is needed, the best passage is about something else. */
const NEAR_SHARE = 0.5;

export function nameCause(facts: CauseFacts): GapCause {
  if (facts.rejected > facts.unanswered)
    return (facts.sourceAgeDays ?? 0) >= OLD_DAYS ? "outdated" : "insufficient";
  if (facts.answeredIn !== undefined) return "wrong-scope";
  const { confidence, threshold } = facts;
  if (confidence === undefined || threshold === undefined) return "missing";
  return confidence < threshold * NEAR_SHARE ? "missing" : "insufficient";
}
