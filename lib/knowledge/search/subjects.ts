import { isStopWord, wordsOf } from "./tokens.ts";

/** A product, place, plan or account type that the base itself names, and the chunks about it. */
export type Subject = {
  name: string;
  words: readonly string[];
  chunks: ReadonlySet<number>;
};

export type SubjectSource = { documentId: string; title: string; subject?: string };

/** The subjects of one base, ready to be recognized in what people say. */
export type SubjectBook = {
  subjects: readonly Subject[];
  /** Words of names, and how many names hold each. */
  nameWords: ReadonlyMap<string, readonly number[]>;
  /** Words that say enough on their own: seldom used outside the chunks of their subject. */
  distinctive: ReadonlySet<string>;
  /** Every word the base uses; only a word it does not know can be a name heard wrongly. */
  vocabulary: ReadonlySet<string>;
};

const SEPARATOR = /\s+[-–—|]\s+|:\s+/;
const MAX_NAME_WORDS = 7;
const MIN_DOCUMENTS = 3;
/** What half of the base is about (the company's own name) tells nothing apart. */
const MAX_SHARE = 0.5;
const MAX_OUTSIDE_SHARE = 0.01;

/**
 * The subjects a base is organized by: what its documents declare, or else the first part of titles that
 * several documents share ("Silver Card: fees", "Silver Card: limits"). Nothing is known beforehand.
 */
export function learnSubjects(sources: readonly SubjectSource[], texts: readonly string[]): SubjectBook {
  const subjects = collect(sources);
  const nameWords = new Map<string, number[]>();
  subjects.forEach(({ words }, subject) => {
    for (const word of new Set(words)) nameWords.set(word, [...(nameWords.get(word) ?? []), subject]);
  });
  return {
    subjects,
    nameWords,
    distinctive: distinctiveWords(subjects, nameWords, texts),
    vocabulary: subjects.length === 0 ? new Set() : new Set(texts.flatMap(wordsOf)),
  };
}

function collect(sources: readonly SubjectSource[]): Subject[] {
  const found = new Map<
    string,
    { name: string; words: string[]; chunks: Set<number>; documents: Set<string>; declared: boolean }
  >();
  sources.forEach(({ documentId, title, subject }, chunk) => {
    const name = subject ?? nameInTitle(title);
    const words = name === undefined ? [] : wordsOf(name);
    if (name === undefined || words.length === 0 || words.length > MAX_NAME_WORDS) return;
    const key = words.join(" ");
    const entry = found.get(key) ?? {
      name,
      words,
      chunks: new Set<number>(),
      documents: new Set<string>(),
      declared: subject !== undefined,
    };
    found.set(key, entry);
    entry.chunks.add(chunk);
    entry.documents.add(documentId);
  });
  return [...found.values()]
    .filter(({ documents, declared }) => declared || documents.size >= MIN_DOCUMENTS)
    .filter(({ chunks }) => chunks.size <= sources.length * MAX_SHARE)
    .map(({ name, words, chunks }) => ({ name, words, chunks }));
}

function nameInTitle(title: string): string | undefined {
  const parts = title.split(SEPARATOR);
  return parts.length > 1 ? parts[0] : undefined;
}

function distinctiveWords(
  subjects: readonly Subject[],
  nameWords: ReadonlyMap<string, readonly number[]>,
  texts: readonly string[],
): Set<string> {
  const outside = new Map<string, number>();
  texts.forEach((text, chunk) => {
    for (const word of new Set(wordsOf(text))) {
      const owners = nameWords.get(word);
      if (owners && !owners.some((owner) => subjects[owner]?.chunks.has(chunk))) {
        outside.set(word, (outside.get(word) ?? 0) + 1);
      }
    }
  });
  const limit = Math.max(1, texts.length * MAX_OUTSIDE_SHARE);
  return new Set(
    [...nameWords.keys()].filter(
      (word) => !isStopWord(word) && word.length > 1 && (outside.get(word) ?? 0) <= limit,
    ),
  );
}
