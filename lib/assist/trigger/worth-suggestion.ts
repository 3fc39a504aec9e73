import { spokenWords } from "./clauses.ts";
import { weightiestClause } from "./weightiest-clause.ts";

export type TriggerTurn = { speaker: "customer" | "agent"; text: string };

export type Worth = {
  ask: boolean;
  /** 0..1: how likely a card is welcome. */
  score: number;
  /** Short words for the trail: what the turn does. */
  reason: string;
};

export type TriggerSignals = {
  /** The best confidence of a search for this turn, when one was made: a good answer tips a doubtful turn. */
  bestHit?: number;
};

export const ASK_THRESHOLD = 0.5;

const HIT_WEIGHT = 1.6;
const MAX_ELLIPSIS_WORDS = 7;

/**
 * Does this turn ask for something that knowledge could answer? Works on punctuation where there is some and
 * on wording where speech recognition wrote none. `context` holds the turns before it.
 */
export function worthSuggestion(
  turn: string,
  context: readonly TriggerTurn[] = [],
  signals: TriggerSignals = {},
): Worth {
  if (spokenWords(turn).length === 0) return { ask: false, score: 0, reason: "nothing said" };
  const best = weightiestClause(turn, continuesQuestion(turn, context));
  if (!best) return { ask: false, score: 0, reason: "nothing said" };
  const hit = signals.bestHit === undefined ? 0 : HIT_WEIGHT * (signals.bestHit - 0.5);
  const score = 1 / (1 + Math.exp(-(best.logit + hit)));
  return { ask: score >= ASK_THRESHOLD, score, reason: best.reason };
}

/** "And on Sundays?" asks only because the same person asked before. */
function continuesQuestion(turn: string, context: readonly TriggerTurn[]): boolean {
  const isEllipsis =
    /^(?:(?:ok(?:ay)?|great|thanks|oh|uh|um)[,\s]+)*(?:and|or|what about|how about)\s+(?:for|on|in|at|with|if|to|when|the|my|from)\b/i;
  const earlier = context.findLast(({ speaker }) => speaker === "customer");
  return (
    earlier !== undefined &&
    isEllipsis.test(turn.trim()) &&
    spokenWords(turn).length <= MAX_ELLIPSIS_WORDS &&
    worthSuggestion(earlier.text).ask
  );
}
