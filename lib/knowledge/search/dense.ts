import { dot } from "../embedding/embedder.ts";
import type { IndexChunk } from "./build-index.ts";

/** Beyond this many vectors a base is scanned by its places first and sentence by sentence only for the best. */
const EXACT_SCAN_VECTORS = 30_000;
const SHORTLIST = 400;

/** The vectors of the forms a question was put in. */
export type Forms = readonly [Float32Array, ...Float32Array[]];

/** The closest of a chunk's vectors to any form of the question: one good sentence is a good answer. */
function best(chunk: IndexChunk | undefined, forms: Forms, first = false): number {
  const vectors = chunk?.vectors;
  if (!vectors) return 0;
  let top = 0;
  for (const question of forms) {
    const end = first ? question.length : vectors.length;
    for (let offset = 0; offset + question.length <= end; offset += question.length) {
      top = Math.max(top, dot(question, vectors, offset));
    }
  }
  return top;
}

/** Cosine per candidate, in the candidates' order. */
export function denseScores(
  chunks: readonly IndexChunk[],
  candidates: readonly number[],
  forms: Forms,
  lexical: Float32Array,
): Float32Array {
  const scores = new Float32Array(candidates.length);
  for (const position of shortlist(chunks, candidates, forms, lexical)) {
    scores[position] = best(chunks[candidates[position] ?? -1], forms);
  }
  return scores;
}

function shortlist(
  chunks: readonly IndexChunk[],
  candidates: readonly number[],
  forms: Forms,
  lexical: Float32Array,
): number[] {
  const positions = candidates.map((_, position) => position);
  const dimensions = forms[0].length;
  const vectors = candidates.reduce((sum, i) => sum + (chunks[i]?.vectors?.length ?? 0) / dimensions, 0);
  if (vectors <= EXACT_SCAN_VECTORS) return positions;
  const byPlace = candidates.map((i) => best(chunks[i], forms, true));
  const top = (score: (position: number) => number) =>
    positions.toSorted((a, b) => score(b) - score(a)).slice(0, SHORTLIST);
  const byWords = top((position) => lexical[candidates[position] ?? -1] ?? 0);
  return [...new Set([...byWords, ...top((position) => byPlace[position] ?? 0)])];
}
