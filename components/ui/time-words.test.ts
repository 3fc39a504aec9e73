import { expect, test } from "vitest";
import { durationWords, exactTime, relativeTime } from "./time-words.ts";

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

test.each([
  [0, "just now"],
  [4_999, "just now"],
  [12_000, "12 s ago"],
  [59_999, "59 s ago"],
  [60_000, "1 min ago"],
  [3_600_000, "1 h ago"],
  [86_400_000 * 3, "3 d ago"],
  [-2_000, "just now"],
  [-120_000, "in 2 min"],
])("a moment %i ms back reads %s", (back, words) => {
  expect(relativeTime(NOW - back, NOW)).toBe(words);
});

test.each([
  [0, "0 ms"],
  [0.4, "<1 ms"],
  [212.4, "212 ms"],
  [999.4, "999 ms"],
  [1_500, "1.50 s"],
  [42_000, "42.0 s"],
  [192_000, "3 min 12 s"],
  [7_500_000, "2 h 5 min"],
  [90_000_000, "1 d 1 h"],
])("%d ms reads %s", (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

test("the exact moment keeps its milliseconds and names its zone", () => {
  expect(exactTime(NOW + 7)).toBe("2026-11-22 12:00:00.007 UTC");
});
