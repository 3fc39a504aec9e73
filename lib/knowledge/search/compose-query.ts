import type { SearchIndex } from "./build-index.ts";
import { findSubjects, type SubjectMention } from "./find-subjects.ts";
import { spokenTermsOf, termsOf } from "./tokens.ts";

export type Turn = { speaker: "customer" | "agent"; text: string };

/** A turn taken apart: the part that asks, and the statements around it in the order said. */
export type TurnParts = { question: string; support: readonly string[] };

/** What is looked up: the words of the last turn, what it leans on from earlier ones, and what the talk is about. */
export type SearchQuery = {
  /**
   * The texts to embed, the plainest form of the question first. A question in a long turn is close to its
   * answer alone, with the statement it follows, or as a whole; which one shows only in the base.
   */
  forms: readonly [string, ...string[]];
  terms: ReadonlyMap<string, number>;
  /** Terms of what is asked, each with the word it was said as; confidence is measured on these. */
  asked: ReadonlyMap<string, string>;
  /** Terms of the statements around the question: they speak for a passage that has them, against none. */
  support: ReadonlyMap<string, string>;
  subjects: readonly SubjectMention[];
};

const MAX_TURNS = 6;
const DECAY = 0.6;
const MAX_SUBJECTS = 3;
/** Someone who speaks at such length names things in passing; the words themselves then decide. */
const MAX_TURN_TERMS = 40;
/** A question with fewer words of substance ("what can I do now?") is asked about the statement beside it. */
const LEANING_TERMS = 2;
const SUPPORT_WEIGHT = 0.8;
/** Words that stand for something said before: such a question alone is close to the wrong answers too. */
const POINTS_BACK = /\b(?:it|its|this|that|these|those|they|them|their|he|him|his|she|her|there)\b/i;
/** What was said in earlier turns, beside a turn that can be understood without it. */
const CONTEXT_SHARE = 0.4;

/**
 * The query for the last of some turns. When the talk has a subject that the base knows, earlier turns have
 * said what they had to say by naming it; otherwise their words count, each turn back a bit less.
 */
export function composeQuery(turns: readonly Turn[], index?: SearchIndex, parts?: TurnParts): SearchQuery {
  const recent = turns.slice(-MAX_TURNS);
  const last = lastTurn(recent.at(-1)?.text ?? "", parts);
  const said = last.asked.size + last.support.size;
  const subjects = index && said <= MAX_TURN_TERMS ? latestSubjects(turns, index) : [];
  const terms = new Map(last.terms);
  recent.toReversed().forEach((turn, back) => {
    const share = last.asked.size > LEANING_TERMS && last.support.size > 0 ? CONTEXT_SHARE : 1;
    const weight = back === 0 ? 0 : share * contextWeight(back, subjects.length > 0, said);
    if (weight === 0) return;
    for (const term of termsOf(turn.text)) terms.set(term, (terms.get(term) ?? 0) + weight);
  });
  return { ...last, terms, subjects };
}

function lastTurn(text: string, parts: TurnParts | undefined): Omit<SearchQuery, "subjects"> {
  const whole = spokenTermsOf(text);
  if (!parts || parts.support.length === 0 || whole.size > MAX_TURN_TERMS)
    return { forms: [text], terms: countsOf(text), asked: whole, support: new Map() };
  const { question, support } = parts;
  const told = support.findLast((statement) => spokenTermsOf(statement).size >= LEANING_TERMS);
  const beside = `${told ?? support.at(-1)} ${question}`;
  const own = spokenTermsOf(question).size;
  const leant = own < LEANING_TERMS ? beside : question;
  const leans = own < LEANING_TERMS || POINTS_BACK.test(question);
  const asked = spokenTermsOf(leant);
  const around = spokenTermsOf(support.join(" "));
  const others = new Map([...around].filter(([term]) => !asked.has(term)));
  const terms = countsOf(leant);
  for (const term of others.keys()) terms.set(term, leans ? 1 : SUPPORT_WEIGHT);
  const first = leans ? beside : question;
  const longer = new Set([beside, [...support, question].join(" ")]);
  longer.delete(first);
  return { forms: [first, ...longer], terms, asked, support: others };
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
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
