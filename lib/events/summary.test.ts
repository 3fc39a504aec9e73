import { expect, test } from "vitest";
import { EMPTY_SUMMARY, readSummaryFields } from "./summary.ts";

const field = (text: string) => ({ text, locked: true, sentences: [] });

test("a summary from before its parts had these names keeps every word", () => {
  const former = {
    situation: field("Charged twice."),
    action: field("Refunded."),
    nextSteps: field("Call."),
  };
  expect(readSummaryFields(former)).toEqual({
    reason: field("Charged twice."),
    facts: EMPTY_SUMMARY.facts,
    actions: field("Refunded."),
    outcome: field("Call."),
  });
  const today = { ...EMPTY_SUMMARY, facts: field("Order 4711.") };
  expect(readSummaryFields(today)).toEqual(today);
});
