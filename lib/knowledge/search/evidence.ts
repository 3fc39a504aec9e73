import type { SearchIndex } from "./build-index.ts";
import type { SearchQuery } from "./compose-query.ts";

export type Coverage = { coverage: number; matchedTerms: string[]; subject?: string };

/** A question this short leans on its subject ("how much is it?"), which then counts as one of its words. */
const LEANING_TERMS = 2;
/** A word told around the question says less than one asked, and only when the passage has it. */
const SUPPORT_SHARE = 0.7;

/** A section of an article may leave a word to its other sections. */
const ARTICLE_SHARE = 0.6;

/** Which of the asked words a chunk holds, and what share of the question's information they are. */
export function coverageOf(index: SearchIndex, query: SearchQuery, chunk: number): Coverage {
  const matchedTerms: string[] = [];
  let known = 0;
  let total = 0;
  for (const [term, word] of query.asked) {
    const rarity = index.bm25.idf(term);
    const held = heldBy(index, term, chunk);
    total += rarity;
    known += held * rarity;
    if (held > 0) matchedTerms.push(word);
  }
  for (const [term, word] of query.support) {
    const held = heldBy(index, term, chunk);
    const rarity = SUPPORT_SHARE * held * index.bm25.idf(term);
    known += rarity;
    total += rarity;
    if (held > 0) matchedTerms.push(word);
  }
  const subject = query.subjects.find((mention) =>
    index.subjects.subjects[mention.subject]?.chunks.has(chunk),
  );
  if (subject && query.asked.size < LEANING_TERMS) {
    const rarity = index.bm25.idf("");
    known += rarity;
    total += rarity;
  }
  return { coverage: total === 0 ? 0 : known / total, matchedTerms, subject: subject?.name };
}

function heldBy({ terms, documents }: SearchIndex, term: string, chunk: number): number {
  if (terms[chunk]?.has(term)) return 1;
  return documents.terms[documents.ofChunk[chunk] ?? -1]?.has(term) ? ARTICLE_SHARE : 0;
}

/** One line for the page where people try a question: why this passage was found. */
export function explain({ coverage, matchedTerms, subject }: Coverage, cosine: number | undefined): string {
  const words = matchedTerms.slice(0, 6).join(", ");
  return [
    words === ""
      ? "shares no word with the question"
      : `shares ${words} (${Math.round(coverage * 100)} % of the question)`,
    cosine === undefined ? undefined : `closeness in meaning ${cosine.toFixed(2)}`,
    subject === undefined ? undefined : `about ${subject}`,
  ]
    .filter((part) => part !== undefined)
    .join("; ");
}
