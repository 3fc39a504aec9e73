import { type Sentence, sentencesOf } from "../reading/sentences.ts";
import { type Bm25, createBm25 } from "./bm25.ts";
import { learnSubjects, type SubjectBook } from "./subjects.ts";
import { termsOf } from "./tokens.ts";

/** A stored passage as the index needs it. */
export type IndexChunk = {
  id: string;
  documentId: string;
  title: string;
  headingPath: readonly string[];
  text: string;
  /** The page that it begins on, where the document has pages. */
  page?: number;
  /** What the document is about, when its owner says so: a product, a place, a plan. */
  subject?: string;
  /** The vectors of `vectorTexts(chunk)`, one after another; without them the search is lexical. */
  vectors?: Float32Array;
};

export type SearchIndex = {
  readonly chunks: readonly IndexChunk[];
  readonly byId: ReadonlyMap<string, IndexChunk>;
  readonly bm25: Bm25;
  readonly terms: readonly ReadonlyMap<string, number>[];
  /** The documents as wholes: a short section leans on the rest of its article for what it is about. */
  readonly documents: {
    bm25: Bm25;
    terms: readonly ReadonlyMap<string, number>[];
    ofChunk: readonly number[];
  };
  /** Share of each chunk's sentences that are statements, not questions or bare phrases. */
  readonly statements: readonly number[];
  readonly subjects: SubjectBook;
  /** Chunks of a subject other than those asked about are out; these belong to none and stay. */
  readonly withoutSubject: ReadonlySet<number>;
  readonly meanWords: number;
};

const TITLE_WEIGHT = 2;
const MAX_SENTENCE_VECTORS = 48;

/**
 * The texts to embed for a chunk: its place, then each sentence. The encoder was made for single sentences;
 * a question finds the sentence that answers it far better than the mean of a page.
 */
export function vectorTexts(chunk: Pick<IndexChunk, "title" | "headingPath" | "text">): string[] {
  const place = [chunk.title, ...chunk.headingPath.slice(-1)].join(". ");
  return [place, ...embeddedSentences(chunk.text).map(({ text }) => text)];
}

function embeddedSentences(text: string): Sentence[] {
  return sentencesOf(text).slice(0, MAX_SENTENCE_VECTORS);
}

/** A chunk's sentences with the vectors that `vectorTexts` gave them. */
export function sentencesWithVectors(
  chunk: IndexChunk,
  dimensions: number | undefined,
): (Sentence & { vector: Float32Array | undefined })[] {
  return sentencesOf(chunk.text).map((sentence, i) => {
    const start = (i + 1) * (dimensions ?? 0);
    const vector = dimensions ? chunk.vectors?.subarray(start, start + dimensions) : undefined;
    return { ...sentence, vector: vector?.length === dimensions ? vector : undefined };
  });
}

/** Builds the whole index in memory; it is never changed, a new version of the base gets a new one. */
export function buildIndex(chunks: readonly IndexChunk[]): SearchIndex {
  const terms = chunks.map(termCounts);
  const subjects = learnSubjects(
    chunks,
    chunks.map(({ text }) => text),
  );
  const owned = new Set(subjects.subjects.flatMap((subject) => [...subject.chunks]));
  const words = terms.reduce((sum, counts) => sum + counts.size, 0);
  return {
    chunks: [...chunks],
    byId: new Map(chunks.map((chunk) => [chunk.id, chunk])),
    bm25: createBm25(terms),
    terms,
    documents: documentsOf(chunks, terms),
    statements: chunks.map(({ text }) => statementShare(text)),
    subjects,
    withoutSubject: new Set(chunks.flatMap((_, i) => (owned.has(i) ? [] : [i]))),
    meanWords: words / Math.max(1, chunks.length),
  };
}

function statementShare(text: string): number {
  const sentences = sentencesOf(text);
  const statements = sentences.filter((sentence) => /[.!:]["'”’)\]]*$/.test(sentence.text));
  return statements.length / Math.max(1, sentences.length);
}

function documentsOf(chunks: readonly IndexChunk[], terms: readonly ReadonlyMap<string, number>[]) {
  const numbers = new Map<string, number>();
  const documents: Map<string, number>[] = [];
  const ofChunk = chunks.map(({ documentId }, chunk) => {
    const number = numbers.get(documentId) ?? documents.length;
    numbers.set(documentId, number);
    const counts = documents[number] ?? new Map<string, number>();
    documents[number] = counts;
    for (const [term, count] of terms[chunk] ?? []) counts.set(term, (counts.get(term) ?? 0) + count);
    return number;
  });
  return { bm25: createBm25(documents), terms: documents, ofChunk };
}

function termCounts(chunk: IndexChunk): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + weight);
  };
  add(chunk.text, 1);
  add(chunk.title, TITLE_WEIGHT);
  for (const heading of chunk.headingPath) if (heading !== chunk.title) add(heading, TITLE_WEIGHT);
  return counts;
}
