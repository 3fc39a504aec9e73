import type { SubjectBook } from "./subjects.ts";
import { wordsOf } from "./tokens.ts";

export type SubjectMention = { subject: number; name: string; score: number };

/** How much of a name's weight must be heard; people shorten names. */
const MIN_SCORE = 0.6;
const FUZZY_LENGTH = 5;
const MIN_PART = 3;

type Candidate = { subject: number; heard: Set<string>; score: number };

/** The subjects one turn names, the surest first. A name inside a longer one that was said does not count. */
export function findSubjects(book: SubjectBook, turn: string): SubjectMention[] {
  const heard = heardNameWords(book, turn);
  const phrase = ` ${wordsOf(turn).join(" ")} `;
  const subjects = new Set([...heard].flatMap((word) => book.nameWords.get(word) ?? []));
  const candidates = [...subjects].flatMap((subject) => candidateOf(book, subject, heard, phrase) ?? []);
  return candidates
    .filter((one) => !candidates.some((other) => other !== one && covers(other, one)))
    .sort((a, b) => b.score - a.score)
    .map(({ subject, score }) => ({ subject, score, name: book.subjects[subject]?.name ?? "" }));
}

function candidateOf(book: SubjectBook, subject: number, heard: ReadonlySet<string>, phrase: string) {
  const words = book.subjects[subject]?.words ?? [];
  const matched = new Set(words.filter((word) => heard.has(word)));
  const whole = words.length > 1 && phrase.includes(` ${words.join(" ")} `);
  const told = [...matched].some((word) => book.distinctive.has(word));
  if (!whole && !told) return undefined;
  const weight = (word: string) =>
    Math.log(1 + book.subjects.length / (book.nameWords.get(word)?.length ?? 1));
  const score = whole ? 1 : sumOf([...matched], weight) / sumOf([...new Set(words)], weight);
  return score >= MIN_SCORE ? ({ subject, heard: matched, score } satisfies Candidate) : undefined;
}

function covers(other: Candidate, one: Candidate): boolean {
  return other.heard.size > one.heard.size && [...one.heard].every((word) => other.heard.has(word));
}

/** Words of names in a turn: as said, run together, taken apart, or one letter off when no name has the word. */
function heardNameWords(book: SubjectBook, turn: string): Set<string> {
  const words = wordsOf(turn);
  return new Set(
    words.flatMap((word, i) => {
      const joined = word + (words[i + 1] ?? "");
      const exact = [word, joined].filter((form) => book.nameWords.has(form));
      if (exact.length > 0) return exact;
      const parts = partsOf(word, book);
      if (parts.length > 0 || word.length < FUZZY_LENGTH || book.vocabulary.has(word)) return parts;
      return nearbyNames(word, book);
    }),
  );
}

function nearbyNames(word: string, book: SubjectBook): string[] {
  return [...book.nameWords.keys()].filter((name) => isNearly(word, name));
}

/** A compound that the name writes as two words ("guesthouse", "guest house"). */
function partsOf(word: string, book: SubjectBook): string[] {
  for (let cut = MIN_PART; cut <= word.length - MIN_PART; cut++) {
    const parts = [word.slice(0, cut), word.slice(cut)];
    if (parts.every((part) => book.nameWords.has(part))) return parts;
  }
  return [];
}

/** One letter inserted, dropped or changed after the first. */
function isNearly(word: string, name: string): boolean {
  if (name.length < FUZZY_LENGTH || word[0] !== name[0] || Math.abs(word.length - name.length) > 1)
    return false;
  let start = 0;
  while (start < word.length && word[start] === name[start]) start += 1;
  const longer = Math.max(word.length, name.length);
  const skipWord = word.length >= name.length ? 1 : 0;
  const skipName = name.length >= word.length ? 1 : 0;
  return start < longer && word.slice(start + skipWord) === name.slice(start + skipName);
}

function sumOf(words: readonly string[], weight: (word: string) => number): number {
  return words.reduce((sum, word) => sum + weight(word), 0);
}
