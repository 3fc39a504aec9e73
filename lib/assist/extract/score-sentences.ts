import { dot } from "#/lib/knowledge/embedding/embedder.ts";
import { wordCount } from "#/lib/knowledge/reading/sentences.ts";
import {
  type IndexChunk,
  type SearchIndex,
  sentencesWithVectors,
} from "#/lib/knowledge/search/build-index.ts";
import type { SearchQuery } from "#/lib/knowledge/search/compose-query.ts";
import { termsOf } from "#/lib/knowledge/search/tokens.ts";
import { LIST_ITEM } from "./blocks.ts";
import { type ExpectedAnswer, expectedAnswer, headingPromises, holds, isFirm } from "./expected-answer.ts";
import type { Piece } from "./glance.ts";

/** The question as the sentences of one section are held against it. */
export type Asked = { index: SearchIndex; query: SearchQuery; vector?: Float32Array };

const SHARES = { words: 0.3, meaning: 0.6, place: 0.2 };
/** What speaks for a sentence beside its words and meaning. */
const HOLDS_FIRM = 0.35;
const HOLDS_SOFT = 0.2;
const HEADING_PROMISES = 0.1;
/** Articles say the main thing first. */
const LEADS = 0.03;
/** Cases apart from the rule, and notes on how to work; they answer only who asks for them. */
const EXCEPTION = 0.12;
const META = 0.25;
const AGENTS_LEAVE = 0.1;
/** The steps of a numbered list are told to be followed; an order in prose may be an aside. */
const NUMBERED_STEP = 0.05;
/** A word of the question that only the title or the heading says, beside one the sentence says itself. */
const TITLE_CREDIT = 0.7;
const HEADING_CREDIT = 0.9;
/** "Please tell us." is close to many a question and answers none. */
const FULL_STATEMENT_WORDS = 6;

const CASE_APART =
  /^(?:if|unless|except|otherwise|without|with less|for (?:a|an|customers|devices|lines|orders))\b|\b(?:waived?|exceptions?|unless)\b/i;
const ASKS_FOR_CASE = /\b(?:if|unless|except\w*|waived?|without|happens?|not|cannot|can't|what about)\b/i;
const NUMBERED = /^\d{1,3}[.)]\s/;
const AGENT_MAY = /^(?:an agent|agents) (?:can|may|must|only)\b/i;
const META_HEADING = /\bagents?\b/i;

/** A section's sentences, each with how well it answers. */
export function scoreSentences(asked: Asked, chunk: IndexChunk): Piece[] {
  const { query, vector } = asked;
  const [question] = query.forms;
  const heading = chunk.headingPath.at(-1) ?? "";
  const expected = expectedAnswer(question);
  const place = new Map([
    ...termsOf([chunk.title, ...chunk.headingPath].join(". ")).map((term) => [term, TITLE_CREDIT] as const),
    ...(heading === chunk.title ? [] : termsOf(heading)).map((term) => [term, HEADING_CREDIT] as const),
  ]);
  const common = sectionBonus(asked, chunk, { heading, expected });
  const asksForCase = ASKS_FOR_CASE.test(question);
  return sentencesWithVectors(chunk, vector?.length).map(({ text, start, end, vector: own }) => {
    const covered = coverage(asked, new Set(termsOf(text)), place);
    const meaning = vector && own ? Math.max(0, dot(vector, own)) : covered;
    const words = SHARES.words * covered + SHARES.meaning * meaning;
    const extra = sentenceBonus(text, expected, question) + (start === 0 ? LEADS : 0);
    const isCase = CASE_APART.test(text.replace(LIST_ITEM, "")) || CASE_APART.test(heading);
    const aside = AGENT_MAY.test(text) && !META_HEADING.test(question) ? AGENTS_LEAVE : 0;
    const apart = isCase ? EXCEPTION * (asksForCase ? 1 : -1) : 0;
    const whole = Math.min(1, wordCount(text) / FULL_STATEMENT_WORDS);
    return { text, start, end, score: Math.max(0, words + common + extra + apart - aside) * whole };
  });
}

function sentenceBonus(text: string, expected: ExpectedAnswer | undefined, question: string): number {
  if (!expected || !holds(text, expected, question)) return 0;
  const held = isFirm(expected) ? HOLDS_FIRM : HOLDS_SOFT;
  return held + (expected === "step" && NUMBERED.test(text) ? NUMBERED_STEP : 0);
}

type Section = { heading: string; expected: ExpectedAnswer | undefined };

/** What the section's place says for all of its sentences. */
function sectionBonus({ query, vector }: Asked, chunk: IndexChunk, { heading, expected }: Section): number {
  const near = vector && chunk.vectors?.length ? Math.max(0, dot(vector, chunk.vectors)) : 0;
  const promised = expected && headingPromises(heading, expected) ? HEADING_PROMISES : 0;
  const meta = META_HEADING.test(heading) && !META_HEADING.test(query.forms[0]) ? META : 0;
  return SHARES.place * near + promised - meta;
}

/** Share of the question, by rarity, that the words cover; what title and heading say need hardly be said again. */
function coverage(
  { index, query }: Asked,
  own: ReadonlySet<string>,
  place: ReadonlyMap<string, number>,
): number {
  let known = 0;
  let total = 0;
  for (const term of query.asked.keys()) {
    const rarity = index.bm25.idf(term);
    total += rarity;
    known += (own.has(term) ? 1 : (place.get(term) ?? 0)) * rarity;
  }
  return total === 0 ? 0 : known / total;
}
