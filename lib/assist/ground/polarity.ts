import { termsOf } from "#/lib/knowledge/search/tokens.ts";

const NEGATION =
  /\b(?:not|no|never|none|nothing|nobody|neither|nor|cannot|without|unless|except|excluding|excludes?|unable|impossible|non|refus\w+|den(?:y|ied|ies)|prohibit\w*|forbid\w*|forbidden)\b|n['’]t\b/gi;
const CLAUSE = /[,;:()–—]|\b(?:but|although|though|unless|except|however|while|whereas|if|when|because)\b/gi;

/** Words whose exchange turns a statement round although every other word stays. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [/\bbefore\b/i, /\bafter\b/i],
  [
    /\b(?:more|over|above|at least|minimum|longer)\b/i,
    /\b(?:less|fewer|under|below|at most|maximum|up to|shorter)\b/i,
  ],
  [/\b(?:includ\w+)\b/i, /\b(?:exclud\w+)\b/i],
  [/\b(?:allow\w*|permit\w*|accept\w*)\b/i, /\b(?:forb\w+|prohibit\w*|reject\w*|refus\w+)\b/i],
  [/\b(?:increas\w+|rais\w+|higher)\b/i, /\b(?:decreas\w+|reduc\w+|lower\w*)\b/i],
  [/\b(?:free|free of charge|no charge)\b/i, /\b(?:costs?|fee|charged)\b/i],
  [/\b(?:always)\b/i, /\b(?:never|sometimes)\b/i],
  [/\b(?:required|mandatory|must)\b/i, /\b(?:optional|may|need not)\b/i],
  [/\bopen\w*\b/i, /\bclos\w+\b/i],
  [/\b(?:activat\w+|enabl\w+)\b/i, /\b(?:deactivat\w+|disabl\w+)\b/i],
];

/** Whether a draft says yes where its evidence says no, or the other way round. */
export function contradicts(draft: string, evidence: readonly string[]): boolean {
  const source = evidence.join(" ");
  if (OPPOSITES.some(([a, b]) => swapped(draft, source, a, b) || swapped(draft, source, b, a))) return true;
  return isNegated(draft, draft) !== isNegated(source, draft);
}

function swapped(draft: string, source: string, one: RegExp, other: RegExp): boolean {
  return one.test(draft) && !other.test(draft) && other.test(source) && !one.test(source);
}

/** Counts negations only in the clauses that speak of what the draft speaks of: two of them cancel out. */
function isNegated(text: string, draft: string): boolean {
  const wanted = new Set(termsOf(draft));
  const clauses = splitClauses(text).filter((clause) => {
    const terms = termsOf(clause);
    return terms.length === 0 || terms.some((term) => wanted.has(term));
  });
  const relevant = clauses.filter((clause) => share(clause, wanted) >= MIN_SHARE);
  const judged = relevant.length > 0 ? relevant : clauses;
  return judged.some((clause) => (clause.match(NEGATION)?.length ?? 0) % 2 === 1);
}

const MIN_SHARE = 0.5;

function share(clause: string, wanted: ReadonlySet<string>): number {
  const terms = termsOf(clause);
  return terms.length === 0 ? 0 : terms.filter((term) => wanted.has(term)).length / terms.length;
}

/** The cut stays before its word: "unless" belongs to the clause that it opens. */
function splitClauses(text: string): string[] {
  const cuts = [0, ...Array.from(text.matchAll(CLAUSE), (match) => match.index), text.length];
  return cuts.slice(1).map((end, i) => text.slice(cuts[i], end));
}
