import { type Sentence, sentencesOf } from "#/lib/knowledge/reading/sentences.ts";
import { termsOf, wordsOf } from "#/lib/knowledge/search/tokens.ts";

export type GroundPassage = { chunkId: string; text: string; title?: string };
export type Span = { chunkId: string; start: number; end: number };

export type EvidenceSentence = Sentence & { chunkId: string; terms: ReadonlySet<string> };
export type Evidence = {
  sentences: readonly EvidenceSentence[];
  /** How telling a term is among these passages; one that none of them has tells most. */
  weight(term: string): number;
  words: ReadonlySet<string>;
  /** Terms of titles: a draft may name its subject though the sentence it rests on does not. */
  titleTerms: ReadonlySet<string>;
  text: string;
};

const prepared = new WeakMap<readonly GroundPassage[], Evidence>();

/** Reads the passages once; sentence after sentence of a streamed draft is held against the same evidence. */
export function evidenceOf(passages: readonly GroundPassage[]): Evidence {
  const known = prepared.get(passages);
  if (known) return known;
  const sentences = passages.flatMap(({ chunkId, text }) =>
    sentencesOf(text).map((sentence) => ({ ...sentence, chunkId, terms: new Set(termsOf(sentence.text)) })),
  );
  const counts = new Map<string, number>();
  for (const { terms } of sentences) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const text = passages.map((passage) => `${passage.title ?? ""}\n${passage.text}`).join("\n");
  const evidence: Evidence = {
    sentences,
    weight: (term) => Math.log(1 + (sentences.length + 1) / ((counts.get(term) ?? 0) + 0.5)),
    words: new Set(wordsOf(text)),
    titleTerms: new Set(passages.flatMap(({ title }) => termsOf(title ?? ""))),
    text,
  };
  prepared.set(passages, evidence);
  return evidence;
}
