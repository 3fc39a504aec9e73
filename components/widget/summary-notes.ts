import {
  SUMMARY_FIELDS,
  type SummaryField,
  type SummaryFieldName,
  type SummaryFields,
  type SummarySentence,
} from "#/lib/events/summary.ts";
import { LONGEST_WRITTEN } from "#/lib/events/write-back.ts";
import type { Words } from "./words.ts";

type Said = Pick<Words, "t" | "list">;

export const fieldLabel = ({ t }: Pick<Words, "t">, name: SummaryFieldName) => t(`summary.${name}`);

/** A drafted sentence with our part of it in the agent's language; what was said stays as it was said. */
export function sentenceWords({ t, list }: Said, { text, form }: SummarySentence): string {
  if (!form) return text;
  if (form.kind === "open") return t("summary.open", { quote: form.quote });
  if (form.kind === "answered")
    return t("summary.answered", {
      titles: list(form.titles.map((title) => `“${title}”`)),
      question: form.question,
    });
  return t("summary.said", { speaker: t(`speaker.${form.speaker}`), quote: form.quote });
}

/** A part as it reads: the agent's own words, or the draft's. */
export const fieldText = (words: Said, { text, locked, sentences }: SummaryField) =>
  locked || sentences.length === 0 ? text : sentences.map((each) => sentenceWords(words, each)).join("\n");

/** The summary as the platform's notes; an empty part is left out, and what is too long is cut at a word. */
export function notesOf(words: Said, fields: SummaryFields): { text: string; cut: boolean } {
  const whole = SUMMARY_FIELDS.map((name) => ({ name, text: fieldText(words, fields[name]).trim() }))
    .filter(({ text }) => text !== "")
    .map(({ name, text }) => `${fieldLabel(words, name)}\n${text}`)
    .join("\n\n");
  if (whole.length <= LONGEST_WRITTEN) return { text: whole, cut: false };
  return { text: `${whole.slice(0, LONGEST_WRITTEN - 2).replace(/\s\S*$/, "")} …`, cut: true };
}
