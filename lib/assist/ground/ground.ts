import { sentencesOf } from "#/lib/knowledge/reading/sentences.ts";
import type { GroundPassage, Span } from "./evidence.ts";
import { groundSentence } from "./ground-sentence.ts";

export type GroundedDraft = {
  kept: { text: string; spans: Span[] }[];
  withheld: { text: string; reason: string }[];
};

/** Holds a whole draft against the passages it was written from, sentence by sentence. */
export function ground(draft: string | readonly string[], passages: readonly GroundPassage[]): GroundedDraft {
  const sentences = typeof draft === "string" ? sentencesOf(draft).map(({ text }) => text) : draft;
  const result: GroundedDraft = { kept: [], withheld: [] };
  for (const sentence of sentences) {
    const grounded = groundSentence(sentence, passages);
    if (grounded.kept) result.kept.push({ text: grounded.text, spans: grounded.spans });
    else result.withheld.push({ text: grounded.text, reason: grounded.reason });
  }
  return result;
}
