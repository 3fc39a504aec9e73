import { SUMMARY_FIELDS, type SummaryFieldName, type SummaryFields } from "#/lib/events/summary.ts";
import { LONGEST_WRITTEN } from "#/lib/events/write-back.ts";

export const FIELD_LABELS: Record<SummaryFieldName, string> = {
  reason: "Reason",
  facts: "Facts",
  actions: "Actions",
  outcome: "Outcome",
};

/** The summary as the platform's notes; an empty part is left out, and what is too long is cut at a word. */
export function notesOf(fields: SummaryFields): { text: string; cut: boolean } {
  const whole = SUMMARY_FIELDS.filter((name) => fields[name].text.trim() !== "")
    .map((name) => `${FIELD_LABELS[name]}\n${fields[name].text.trim()}`)
    .join("\n\n");
  if (whole.length <= LONGEST_WRITTEN) return { text: whole, cut: false };
  return { text: `${whole.slice(0, LONGEST_WRITTEN - 2).replace(/\s\S*$/, "")} …`, cut: true };
}
