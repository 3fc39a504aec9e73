import { type Clause, clausesOf } from "./clauses.ts";
import { ASKING, CLOSING, type Cue, ORDERING, PROBLEMS } from "./cues.ts";

const BIAS = -1.8;
const QUESTION_MARK_WEIGHT = 1.2;
const ELLIPSIS_WEIGHT = 2.4;

export type WeighedClause = {
  clause: Clause;
  logit: number;
  reason: string;
  /** It is a question in form, by its mark or by its wording. */
  asks: boolean;
  /** It ends the talk or thanks. */
  closes: boolean;
};

/** The clause that asks most, with the sum of its cues; `continues` says that the turn goes on a question. */
export function weightiestClause(turn: string, continues: boolean): WeighedClause | undefined {
  return weighClauses(turn, continues).sort((a, b) => b.logit - a.logit)[0];
}

/** Every clause of a turn in the order said, each with what it weighs. */
export function weighClauses(turn: string, continues: boolean): WeighedClause[] {
  return clausesOf(turn).map((clause) => judge(clause, continues));
}

function judge(clause: Clause, continues: boolean): WeighedClause {
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
  const asks = clause.question || cues.some((cue) => ASKING.includes(cue));
  const closes = cues.some((cue) => CLOSING.includes(cue));
  return { clause, logit, reason: told?.reason ?? silent, asks, closes };
}

/** Cues of one kind repeat each other; only the strongest of them counts. */
function strongest(cues: readonly Cue[], text: string): Cue | undefined {
  return cues
    .filter(({ pattern }) => pattern.test(text))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))[0];
}
