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
import { type ExpectedAnswer, expectedAnswer, headingPromises, holds } from "./expected-answer.ts";
import type { Piece } from "./glance.ts";

/** The question as the sentences of one section are held against it. */
export type Asked = { index: SearchIndex; query: SearchQuery; vector?: Float32Array };

const SHARES = { words: 0.3, meaning: 0.5, place: 0.3 };
/** What speaks for a sentence beside its words and meaning. */
const HOLDS_ANSWER = 0.25;
const HEADING_PROMISES = 0.1;
/** Articles say the main thing first. */
const LEADS = 0.03;
/** Cases apart from the rule, and notes on how to work; they answer only who asks for them. */
const EXCEPTION = 0.12;
const META = 0.25;
/** "Please tell us." is close to many a question and answers none. */
const FULL_STATEMENT_WORDS = 6;

const CASE_APART =
  /^(?:if|unless|except|otherwise|without|with less|for (?:a|an|customers|devices|lines|orders))\b|\b(?:waived?|exceptions?|unless)\b/i;
const ASKS_FOR_CASE = /\b(?:if|unless|except\w*|waived?|without|happens?|not|cannot|can't|what about)\b/i;
const META_HEADING = /\bagents?\b/i;

/** A section's sentences, each with how well it answers. */
export function scoreSentences(asked: Asked, chunk: IndexChunk): Piece[] {
  const { query, vector } = asked;
  const [question] = query.forms;
  const heading = chunk.headingPath.at(-1) ?? "";
  const expected = expectedAnswer(question);
  const place = new Set(termsOf([chunk.title, ...chunk.headingPath].join(". ")));
  const common = sectionBonus(asked, chunk, { heading, expected });
  const asksForCase = ASKS_FOR_CASE.test(question);
  return sentencesWithVectors(chunk, vector?.length).map(({ text, start, end, vector: own }) => {
    const covered = coverage(asked, new Set([...place, ...termsOf(text)]));
    const meaning = vector && own ? Math.max(0, dot(vector, own)) : covered;
    const base = SHARES.words * covered + SHARES.meaning * meaning + common;
    const extra =
      (expected && holds(text, expected) ? HOLDS_ANSWER : 0) +
      (start === 0 ? LEADS : 0) -
      (!asksForCase && CASE_APART.test(text.replace(LIST_ITEM, "")) ? EXCEPTION : 0);
    const whole = Math.min(1, wordCount(text) / FULL_STATEMENT_WORDS);
    return { text, start, end, score: Math.max(0, base + extra) * whole };
  });
}

type Section = { heading: string; expected: ExpectedAnswer | undefined };

/** What the section's place says for all of its sentences. */
function sectionBonus({ query, vector }: Asked, chunk: IndexChunk, { heading, expected }: Section): number {
  const near = vector && chunk.vectors?.length ? Math.max(0, dot(vector, chunk.vectors)) : 0;
  const promised = expected && headingPromises(heading, expected) ? HEADING_PROMISES : 0;
  const meta = META_HEADING.test(heading) && !META_HEADING.test(query.forms[0]) ? META : 0;
  return SHARES.place * near + promised - meta;
}

/** Share of the question, by rarity, that the words cover; what title and heading say need not be said again. */
function coverage({ index, query }: Asked, terms: ReadonlySet<string>): number {
  let known = 0;
  let total = 0;
  for (const term of query.asked.keys()) {
    const rarity = index.bm25.idf(term);
    total += rarity;
    if (terms.has(term)) known += rarity;
  }
  return total === 0 ? 0 : known / total;
}
