import { type Clause, clausesOf, spokenWords } from "./clauses.ts";
import { ASKING, CLOSING, type Cue, ORDERING, PROBLEMS } from "./cues.ts";

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

const BIAS = -1.8;
const HIT_WEIGHT = 1.6;
const QUESTION_MARK_WEIGHT = 1.2;
const ELLIPSIS_WEIGHT = 2.4;
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

const MAX_QUOTED_CHARACTERS = 200;

/** The part of a turn that asks, as it was said: what the card quotes and the search embeds. */
export function questionOf(turn: string): string {
  const clause = weightiestClause(turn, false)?.clause;
  const quoted = (clause ? turn.slice(clause.start, clause.end) : turn).replaceAll(/\s+/g, " ").trim();
  if (quoted.length <= MAX_QUOTED_CHARACTERS) return quoted;
  return `${quoted.slice(0, MAX_QUOTED_CHARACTERS).replace(/\s\S*$/, "")}…`;
}

type Judged = { clause: Clause; logit: number; reason: string };

function weightiestClause(turn: string, continues: boolean): Judged | undefined {
  return clausesOf(turn)
    .map((clause) => judge(clause, continues))
    .sort((a, b) => b.logit - a.logit)[0];
}

function judge(clause: Clause, continues: boolean): Judged {
  const problem = strongest(PROBLEMS, clause.text);
  // "Change the address on my order" names a record and asks for a procedure all the same.
  const kinds = problem ? [ASKING, CLOSING] : [ASKING, ORDERING, CLOSING];
  const found = [problem, ...kinds.map((kind) => strongest(kind, clause.text))];
  const cues = found.filter((cue) => cue !== undefined);
  const extra = (clause.question ? QUESTION_MARK_WEIGHT : 0) + (continues ? ELLIPSIS_WEIGHT : 0);
  const logit = cues.reduce((sum, cue) => sum + cue.weight, BIAS + extra);
  const told = cues
    .filter((cue) => cue.weight > 0 === logit > 0)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))[0];
  const silent = logit > 0 ? "goes on asking" : "states or acknowledges";
  return { clause, logit, reason: told?.reason ?? silent };
}

/** Cues of one kind repeat each other; only the strongest of them counts. */
function strongest(cues: readonly Cue[], text: string): Cue | undefined {
  return cues
    .filter(({ pattern }) => pattern.test(text))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))[0];
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
