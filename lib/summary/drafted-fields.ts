import type { SummaryField, SummaryFieldName, SummaryFields, SummarySentence } from "#/lib/events/summary.ts";
import { SUMMARY_FIELDS } from "#/lib/events/summary.ts";

export type DraftedFields = Record<SummaryFieldName, SummarySentence[]>;

export const noSentences = (): DraftedFields => ({
  reason: [],
  facts: [],
  actions: [],
  outcome: [],
});

const LONGEST_FIELD = 4_000;

export function fieldOf(sentences: readonly SummarySentence[]): SummaryField {
  const kept: SummarySentence[] = [];
  let length = 0;
  for (const sentence of sentences) {
    length += sentence.text.length + 1;
    if (length > LONGEST_FIELD) break;
    kept.push(sentence);
  }
  return { text: kept.map(({ text }) => text).join("\n"), locked: false, sentences: kept };
}

/** A draft goes where no agent has written; what is locked stays letter by letter. */
export function mergeDraft(current: SummaryFields, draft: DraftedFields): SummaryFields {
  const merged = { ...current };
  for (const name of SUMMARY_FIELDS) if (!current[name].locked) merged[name] = fieldOf(draft[name]);
  return merged;
}
