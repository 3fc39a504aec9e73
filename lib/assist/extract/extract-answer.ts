import { dot } from "#/lib/knowledge/embedding/embedder.ts";
import { wordCount } from "#/lib/knowledge/reading/sentences.ts";
import {
  type IndexChunk,
  type SearchIndex,
  sentencesWithVectors,
} from "#/lib/knowledge/search/build-index.ts";
import type { SearchQuery } from "#/lib/knowledge/search/compose-query.ts";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import type { Passage } from "#/lib/knowledge/search/search.ts";
import { termsOf } from "#/lib/knowledge/search/tokens.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { atAGlance, type Piece } from "./glance.ts";

export type AnswerSource = {
  n: number;
  chunkId: string;
  documentId: string;
  title: string;
  headingPath: readonly string[];
  score: number;
};
/** A sentence as it stands in its source; `start` and `end` are places in the chunk's text. */
export type AnswerSentence = { text: string; source: number; start: number; end: number };
export type ExtractedAnswer = { text: string; sentences: AnswerSentence[]; sources: AnswerSource[] };

/** Silence is an answer too: then `answer` is undefined and the reason goes on the trail. */
export type Extraction = { answer: ExtractedAnswer | undefined; reason: string };

export type ExtractInput = {
  index: SearchIndex;
  query: SearchQuery;
  passages: readonly Passage[];
  vector?: Float32Array;
  threshold?: number;
};

const MAX_SOURCES = 3;
const MAX_BLOCKS = 3;
/** How good a second passage or a following sentence must be beside the best to be worth reading as well. */
const PASSAGE_SHARE = 0.85;
const SECTION_SHARE = 0.6;
const SENTENCE_SHARE = 0.75;
/** "Please tell us." is close to many a question and answers none. */
const FULL_STATEMENT_WORDS = 6;
/** Articles say the main thing first. */
const LEAD_FACTOR = 1.1;
/** An answer shorter than this takes the next sentence along. */
const MIN_ANSWER_WORDS = 12;
/** What an agent takes in while the customer waits. */
const MAX_ANSWER_WORDS = 60;

/** Answers in the base's own words: the sentences of the best passages that are closest to the question. */
export function extractAnswer(input: ExtractInput): Extraction {
  const { passages, threshold = CARD_THRESHOLD } = input;
  const [best] = passages;
  if (!best) return { answer: undefined, reason: "nothing found" };
  if (best.score < threshold) {
    const reason = `best passage ${best.score.toFixed(2)} below ${threshold.toFixed(2)}`;
    return { answer: undefined, reason };
  }
  const chosen = strongPassages(passages, best, threshold).flatMap((passage) => {
    const chunk = input.index.byId.get(passage.chunkId);
    return chunk ? [{ passage, chunk, blocks: scoreBlocks(input, chunk) }] : [];
  });
  const sources = chosen.map(({ passage, chunk }, i) => ({
    n: i + 1,
    chunkId: chunk.id,
    documentId: chunk.documentId,
    title: chunk.title,
    headingPath: chunk.headingPath,
    score: passage.score,
  }));
  const told = chosen
    .map(({ passage, chunk, blocks }, i) => {
      const top = Math.max(0, ...blocks.map(({ score }) => score));
      return { n: i + 1, chunk, blocks, worth: top * passage.score };
    })
    .toSorted((a, b) => b.worth - a.worth)[0];
  const shown = pick(told?.blocks ?? []).flatMap(({ pieces }) => atAGlance(pieces));
  const sentences = shown.map(({ start, end }) => ({
    text: told?.chunk.text.slice(start, end) ?? "",
    source: told?.n ?? 1,
    start,
    end,
  }));
  if (sentences.length === 0) return { answer: undefined, reason: "the passage holds no statement" };
  const text = sentences.map((sentence) => sentence.text).join(" ");
  return { answer: { text, sentences, sources }, reason: `answered from ${best.score.toFixed(2)}` };
}

/** Passages nearly as good as the best, and other sections of its document, where the answer may stand as well. */
function strongPassages(passages: readonly Passage[], best: Passage, threshold: number): Passage[] {
  return passages
    .filter(({ score, documentId }) => {
      const share = documentId === best.documentId ? SECTION_SHARE : PASSAGE_SHARE;
      return score >= Math.max(threshold, best.score * share);
    })
    .slice(0, MAX_SOURCES);
}

type ScoredBlock = Block & { score: number; words: number; pieces: Piece[] };

/** A question in the text (an FAQ's own) hands its score to the statement after it. */
function scoreBlocks(input: ExtractInput, chunk: IndexChunk): ScoredBlock[] {
  const sentences = sentencesWithVectors(chunk, input.vector?.length);
  const scores = sentences.map(({ text, vector }) => scoreSentence(input, text, vector));
  let inherited = 0;
  return blocksOf(chunk.text, sentences).flatMap((block) => {
    const own = Math.max(...block.sentences.map((i) => scores[i] ?? 0));
    const score = Math.max(own, inherited);
    inherited = block.isQuestion ? own : 0;
    if (block.isQuestion) return [];
    const isLead = block.start === 0;
    return [
      {
        ...block,
        pieces: block.sentences.flatMap((i) => {
          const sentence = sentences[i];
          return sentence ? [{ ...sentence, score: scores[i] ?? 0 }] : [];
        }),
        words: wordCount(chunk.text.slice(block.start, block.end)),
        score: isLead ? score * LEAD_FACTOR : score,
      },
    ];
  });
}

function scoreSentence(
  { index, query, vector }: ExtractInput,
  text: string,
  own: Float32Array | undefined,
): number {
  const terms = new Set(termsOf(text));
  let known = 0;
  let total = 0;
  for (const term of query.asked.keys()) {
    total += index.bm25.idf(term);
    if (terms.has(term)) known += index.bm25.idf(term);
  }
  const coverage = total === 0 ? 0 : known / total;
  const close = vector && own ? (coverage + Math.max(0, dot(vector, own))) / 2 : coverage;
  return close * Math.min(1, wordCount(text) / FULL_STATEMENT_WORDS);
}

/** The best block, then its neighbors while they are nearly as good; what leans on the one before brings it along. */
function pick(blocks: readonly ScoredBlock[]): ScoredBlock[] {
  const top = blocks.reduce<ScoredBlock | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined);
  if (!top) return [];
  let first = blocks.indexOf(top);
  let last = first;
  if (top.leansOnPrevious && first > 0) first -= 1;
  while (last - first + 1 < MAX_BLOCKS) {
    const next = blocks[last + 1];
    if (!next || next.start > (blocks[last]?.end ?? 0) + MAX_GAP) break;
    const words = blocks.slice(first, last + 1).reduce((sum, block) => sum + block.words, 0);
    if (words + next.words > MAX_ANSWER_WORDS) break;
    const isShort = words < MIN_ANSWER_WORDS;
    if (!isShort && !next.leansOnPrevious && next.score < top.score * SENTENCE_SHARE) break;
    last += 1;
  }
  return blocks.slice(first, last + 1);
}

/** More than blanks between two blocks means that something was left out between them. */
const MAX_GAP = 4;
