import { expect, test } from "vitest";
import { EMPTY_SUMMARY } from "#/lib/events/summary.ts";
import { notesOf } from "./summary-notes.ts";
import { wordsIn } from "./testing/words-in.ts";

const field = (text: string) => ({ text, locked: false, sentences: [] });

test("the notes are the parts that hold something, each under its name", () => {
  const fields = { ...EMPTY_SUMMARY, reason: field("Charged twice."), outcome: field("Call back.") };
  expect(notesOf(wordsIn(), fields)).toEqual({
    text: "Reason\nCharged twice.\n\nOutcome\nCall back.",
    cut: false,
  });
});

test("notes that are too long are cut at a word, and it is said", () => {
  const fields = { ...EMPTY_SUMMARY, actions: field("refunded ".repeat(500)) };
  const { text, cut } = notesOf(wordsIn(), fields);
  expect([text.length <= 4_000, cut, text.endsWith("refunded …")]).toEqual([true, true, true]);
});

test("in another language our words change and the customer's do not", () => {
  const form = { kind: "said" as const, speaker: "customer" as const, quote: "I was charged twice." };
  const reason = {
    text: "Customer: “I was charged twice.”",
    locked: false,
    sentences: [{ text: "Customer: “I was charged twice.”", evidence: [], form }],
  };
  expect(notesOf(wordsIn("de"), { ...EMPTY_SUMMARY, reason }).text).toBe(
    "Anlass\nKunde: „I was charged twice.“",
  );
});
