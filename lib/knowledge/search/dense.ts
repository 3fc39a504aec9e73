import { dot } from "../embedding/embedder.ts";
import type { IndexChunk } from "./build-index.ts";

/** Beyond this many vectors a base is scanned by its places first and sentence by sentence only for the best. */
const EXACT_SCAN_VECTORS = 30_000;
const SHORTLIST = 400;

/** The closest of a chunk's vectors to the question: one good sentence is a good answer. */
function best(chunk: IndexChunk | undefined, question: Float32Array, first = false): number {
  const vectors = chunk?.vectors;
  if (!vectors) return 0;
  const end = first ? question.length : vectors.length;
  let top = 0;
  for (let offset = 0; offset + question.length <= end; offset += question.length) {
    top = Math.max(top, dot(question, vectors, offset));
  }
  return top;
}

/** Cosine per candidate, in the candidates' order. */
export function denseScores(
  chunks: readonly IndexChunk[],
  candidates: readonly number[],
  question: Float32Array,
  lexical: Float32Array,
): Float32Array {
  const scores = new Float32Array(candidates.length);
  for (const position of shortlist(chunks, candidates, question, lexical)) {
    scores[position] = best(chunks[candidates[position] ?? -1], question);
  }
  return scores;
}

function shortlist(
  chunks: readonly IndexChunk[],
  candidates: readonly number[],
  question: Float32Array,
  lexical: Float32Array,
): number[] {
  const positions = candidates.map((_, position) => position);
  const vectors = candidates.reduce((sum, i) => sum + (chunks[i]?.vectors?.length ?? 0) / question.length, 0);
  if (vectors <= EXACT_SCAN_VECTORS) return positions;
  const byPlace = candidates.map((i) => best(chunks[i], question, true));
  const top = (score: (position: number) => number) =>
    positions.toSorted((a, b) => score(b) - score(a)).slice(0, SHORTLIST);
  const byWords = top((position) => lexical[candidates[position] ?? -1] ?? 0);
  return [...new Set([...byWords, ...top((position) => byPlace[position] ?? 0)])];
}
