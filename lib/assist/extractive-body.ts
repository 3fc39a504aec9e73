import type { OwnSuggestion } from "#/lib/events/suggestion.ts";
import { type ExtractInput, extractAnswer } from "./extract/extract-answer.ts";

/** The card of an answer in the sources' own words, or why there is none. */
export function extractiveBody(
  question: string,
  input: ExtractInput,
): { body: OwnSuggestion } | { reason: string } {
  const { answer, reason } = extractAnswer(input);
  if (!answer) return { reason };
  const sentences = answer.sentences.map(({ text, source, start, end }) => ({
    text,
    citations: [{ n: source, start, end }],
  }));
  const sources = answer.sources.map((source) => ({ ...source, headingPath: [...source.headingPath] }));
  const confidence = input.passages[0]?.score ?? 0;
  return { body: { question, sentences, sources, origin: "extractive", confidence } };
}
