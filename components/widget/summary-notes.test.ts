import { expect, test } from "vitest";
import { EMPTY_SUMMARY } from "#/lib/events/summary.ts";
import { notesOf } from "./summary-notes.ts";

const field = (text: string) => ({ text, locked: false, sentences: [] });

test("the notes are the parts that hold something, each under its name", () => {
  const fields = { ...EMPTY_SUMMARY, reason: field("Charged twice."), outcome: field("Call back.") };
  expect(notesOf(fields)).toEqual({
    text: "Reason\nCharged twice.\n\nOutcome\nCall back.",
    cut: false,
  });
});

test("notes that are too long are cut at a word, and it is said", () => {
  const fields = { ...EMPTY_SUMMARY, actions: field("refunded ".repeat(500)) };
  const { text, cut } = notesOf(fields);
  expect([text.length <= 4_000, cut, text.endsWith("refunded …")]).toEqual([true, true, true]);
});
