import { expect, test } from "vitest";
import type { AnswerView } from "./conversation-view.ts";
import { NOTHING_READ, readingTimeMs, takeIn, waitingAnswers } from "./reading.ts";

const card = (key: string): AnswerView => ({ kind: "card", key, question: key, sources: [], sentences: [] });
const quiet = (key: string): AnswerView => ({ kind: "quiet", key, question: key });
const LATER = 60_000;

test("the first card opens at once", () => {
  const reading = takeIn(NOTHING_READ, { answers: [card("a")], engaged: false, now: 0 });
  expect(reading).toMatchObject({ openKey: "a" });
});

test("a new card waits while the open one is being read, and then opens in its stead", () => {
  const first = takeIn(NOTHING_READ, { answers: [card("a")], engaged: false, now: 0 });
  const answers = [card("b"), card("a")];
  const glance = takeIn(first, { answers, engaged: false, now: 1_000 });
  expect([glance.openKey, waitingAnswers(glance, answers).length]).toEqual(["a", 1]);
  const engaged = takeIn(first, { answers, engaged: true, now: LATER });
  expect(engaged.openKey).toBe("a");
  const done = takeIn(glance, { answers, engaged: false, now: LATER });
  expect([done.openKey, waitingAnswers(done, answers)]).toEqual(["b", []]);
});

test("what belongs below the open card is shown at once", () => {
  const first = takeIn(NOTHING_READ, { answers: [card("c")], engaged: false, now: 0 });
  const answers = [card("c"), card("b")];
  const reading = takeIn(first, { answers, engaged: true, now: 10 });
  expect(waitingAnswers(reading, answers)).toEqual([]);
  expect(reading).toMatchObject({ openKey: "c", openedAt: 0 });
});

test("an older card that was opened by hand stays open when nothing is new", () => {
  const answers = [card("b"), card("a")];
  const opened = { shown: new Set(["a", "b"]), openKey: "a", openedAt: 0 };
  expect(takeIn(opened, { answers, engaged: false, now: LATER })).toBe(opened);
});

test("a quiet line does not close the open card", () => {
  const first = takeIn(NOTHING_READ, { answers: [card("a")], engaged: false, now: 0 });
  const later = takeIn(first, { answers: [quiet("q"), card("a")], engaged: false, now: LATER });
  expect(later).toMatchObject({ openKey: "a", openedAt: 0 });
  expect(later.shown.has("q")).toBe(true);
});

test("a draft that came to nothing leaves its place to the card before", () => {
  const first = takeIn(NOTHING_READ, { answers: [card("draft"), card("a")], engaged: false, now: 0 });
  expect(takeIn(first, { answers: [card("a")], engaged: false, now: 10 }).openKey).toBe("a");
});

test("a settled state is not made anew, so that nothing is drawn again", () => {
  const answers = [quiet("q"), card("a")];
  const reading = takeIn(NOTHING_READ, { answers, engaged: false, now: 0 });
  expect(takeIn(reading, { answers, engaged: false, now: LATER })).toBe(reading);
  const none = takeIn(NOTHING_READ, { answers: [], engaged: false, now: 0 });
  expect(takeIn(none, { answers: [], engaged: false, now: LATER })).toBe(none);
});

test("a long card has longer, within bounds", () => {
  const sentence = { text: "x".repeat(200), citations: [] };
  const long = { ...card("a"), sentences: [sentence] } as Extract<AnswerView, { kind: "card" }>;
  const longest = { ...long, sentences: [sentence, sentence, sentence] };
  expect(readingTimeMs(long)).toBeGreaterThan(8_000);
  expect(readingTimeMs(longest)).toBe(12_000);
});
