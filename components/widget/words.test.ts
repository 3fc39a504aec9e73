import { expect, test } from "vitest";
import { elapsedWords, gapWords, languageName, noticeWords } from "./words.ts";

test("a gap says how long and why", () => {
  expect(gapWords(12_000, "recognizer_behind")).toBe("12 s not transcribed: recognizer behind");
  expect(gapWords(300, "paused")).toBe("1 s paused");
  expect(gapWords(4_000, "something_new")).toBe("4 s not transcribed: something new");
});

test("a notice names the language in words", () => {
  expect(noticeWords("language_unsupported", "de-DE")).toMatch(/^German \(Germany\) cannot/);
  expect(languageName("not a tag at all")).toBe("not a tag at all");
});

test("time runs as minutes, then as hours", () => {
  expect([0, 192_900, 3_792_000, -5].map(elapsedWords)).toEqual(["00:00", "03:12", "1:03:12", "00:00"]);
});
