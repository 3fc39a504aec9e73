import type { SearchIndex } from "./build-index.ts";
import { findSubjects, type SubjectMention } from "./find-subjects.ts";
import { spokenTermsOf, termsOf } from "./tokens.ts";

export type Turn = { speaker: "customer" | "agent"; text: string };

/** What is looked up: the words of the last turn, what it leans on from earlier ones, and what the talk is about. */
export type SearchQuery = {
  /** The last turn: what is embedded, and what the card quotes. */
  text: string;
  terms: ReadonlyMap<string, number>;
  /** Terms of the last turn alone, each with the word it was said as; confidence is measured on these. */
  asked: ReadonlyMap<string, string>;
  subjects: readonly SubjectMention[];
};

const MAX_TURNS = 6;
const DECAY = 0.6;
const MAX_SUBJECTS = 3;
/** Someone who speaks at such length names things in passing; the words themselves then decide. */
const MAX_TURN_TERMS = 40;

/**
 * The query for the last of some turns. When the talk has a subject that the base knows, earlier turns have
 * said what they had to say by naming it; otherwise their words count, each turn back a bit less.
 */
export function composeQuery(turns: readonly Turn[], index?: SearchIndex): SearchQuery {
  const recent = turns.slice(-MAX_TURNS);
  const text = recent.at(-1)?.text ?? "";
  const asked = spokenTermsOf(text);
  const subjects = index && asked.size <= MAX_TURN_TERMS ? latestSubjects(turns, index) : [];
  const terms = new Map<string, number>();
  recent.toReversed().forEach((turn, back) => {
    const weight = back === 0 ? 1 : contextWeight(back, subjects.length > 0, asked.size);
    if (weight === 0) return;
    for (const term of termsOf(turn.text)) terms.set(term, (terms.get(term) ?? 0) + weight);
  });
  return { text, terms, asked, subjects };
}

function contextWeight(back: number, hasSubject: boolean, askedTerms: number): number {
  if (hasSubject) return 0;
  return askedTerms > MAX_TURN_TERMS ? 0 : DECAY ** back;
}

/** The subjects of the latest turn that names any: one of several ("either of them") may be meant. */
function latestSubjects(turns: readonly Turn[], index: SearchIndex): SubjectMention[] {
  for (const turn of turns.toReversed()) {
    const mentions = findSubjects(index.subjects, turn.text);
    if (mentions.length > 0) return mentions.slice(0, MAX_SUBJECTS);
  }
  return [];
}
