import { wordCount } from "#/lib/knowledge/reading/sentences.ts";
import type { IndexChunk, SearchIndex } from "#/lib/knowledge/search/build-index.ts";
import type { SearchQuery } from "#/lib/knowledge/search/compose-query.ts";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import { placeOf } from "#/lib/knowledge/search/place-of.ts";
import type { Passage } from "#/lib/knowledge/search/search.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { asksForOrder } from "./expected-answer.ts";
import { atAGlance, type Piece } from "./glance.ts";
import { scoreSentences } from "./score-sentences.ts";

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
/** The standing of a section that the search did not return, beside the best of its document. */
const UNFOUND_SHARE = 0.5;
/** How much the search's own view of a section counts beside its best sentence. */
const PASSAGE_WEIGHT = 0.3;
const SENTENCE_SHARE = 0.75;
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
  const chosen = sectionsToRead(input, best, threshold).map((section) => ({
    ...section,
    blocks: scoreBlocks(input, section.chunk),
  }));
  const told = chosen.toSorted((a, b) => worthOf(b) - worthOf(a))[0];
  const sources = sourcesOf(chosen, told);
  const inOrder = asksForOrder(input.query.forms[0]);
  const shown = pick(told?.blocks ?? []).flatMap(({ pieces }) => atAGlance(pieces, inOrder));
  const sentences = shown.map(({ start, end }) => ({
    text: told?.chunk.text.slice(start, end) ?? "",
    source: sources.findIndex(({ chunkId }) => chunkId === told?.chunk.id) + 1,
    start,
    end,
  }));
  if (sentences.length === 0) return { answer: undefined, reason: "the passage holds no statement" };
  const text = sentences.map((sentence) => sentence.text).join(" ");
  return { answer: { text, sentences, sources }, reason: `answered from ${best.score.toFixed(2)}` };
}

type Section = { chunk: IndexChunk; score: number; isFound: boolean };
type ReadSection = Section & { blocks: ScoredBlock[] };

/**
 * The passages nearly as good as the best, and every section of the best one's document: the search chooses the
 * document well, but a section that says "Activation takes 30 minutes" shares no word with "how do I start it".
 */
function sectionsToRead({ index, passages }: ExtractInput, best: Passage, threshold: number): Section[] {
  const found = passages
    .filter(({ score }) => score >= Math.max(threshold, best.score * PASSAGE_SHARE))
    .slice(0, MAX_SOURCES)
    .flatMap(({ chunkId, score }) => {
      const chunk = index.byId.get(chunkId);
      return chunk ? [{ chunk, score, isFound: true }] : [];
    });
  const others = index.chunks.filter(
    ({ id, documentId }) => documentId === best.documentId && !found.some(({ chunk }) => chunk.id === id),
  );
  const scores = new Map(passages.map(({ chunkId, score }) => [chunkId, score]));
  const unfound = best.score * UNFOUND_SHARE;
  return [
    ...found,
    ...others.map((chunk) => ({ chunk, score: scores.get(chunk.id) ?? unfound, isFound: false })),
  ];
}

function worthOf({ blocks, score }: ReadSection): number {
  const top = Math.max(0, ...blocks.map((block) => block.score));
  return top * (1 - PASSAGE_WEIGHT + PASSAGE_WEIGHT * score);
}

/** What the card names: the passages found, and the section it quotes. */
function sourcesOf(sections: readonly ReadSection[], told: ReadSection | undefined): AnswerSource[] {
  const found = sections.filter((section) => section.isFound && section !== told);
  const named = told?.isFound
    ? sections.filter(({ isFound }) => isFound)
    : [...(told ? [told] : []), ...found];
  return named.slice(0, MAX_SOURCES).map(({ chunk, score }, i) => ({
    n: i + 1,
    chunkId: chunk.id,
    documentId: chunk.documentId,
    title: chunk.title,
    headingPath: placeOf(chunk),
    score,
  }));
}

type ScoredBlock = Block & { score: number; words: number; pieces: Piece[] };

/** A question in the text (an FAQ's own) hands its score to the statement after it. */
function scoreBlocks(input: ExtractInput, chunk: IndexChunk): ScoredBlock[] {
  const sentences = scoreSentences(input, chunk);
  let inherited = 0;
  return blocksOf(chunk.text, sentences).flatMap((block) => {
    const pieces = block.sentences.flatMap((i) => sentences[i] ?? []);
    const own = Math.max(...pieces.map(({ score }) => score));
    const score = Math.max(own, inherited);
    inherited = block.isQuestion ? own : 0;
    if (block.isQuestion) return [];
    return [{ ...block, pieces, words: wordCount(chunk.text.slice(block.start, block.end)), score }];
  });
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
