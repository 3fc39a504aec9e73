import { expect, test } from "vitest";
import { elapsedWords, gapWords, noticeWords } from "./line-words.ts";
import { wordsIn } from "./testing/words-in.ts";

test("a gap says how long and why", () => {
  const words = wordsIn();
  expect(gapWords(words, 12_000, "recognizer_behind")).toBe("12 s not transcribed: recognizer behind");
  expect(gapWords(words, 300, "paused")).toBe("1 s paused");
  expect(gapWords(words, 4_000, "something_new")).toBe("4 s not transcribed: something new");
  expect(gapWords(wordsIn("de"), 12_000, "recognizer_behind")).toBe(
    "12 s nicht transkribiert: Erkennung im Rückstand",
  );
});

test("a notice names the language in words, in the agent's own", () => {
  expect(noticeWords(wordsIn(), "language_unsupported", "de-DE")).toMatch(/^German \(Germany\) cannot/);
  expect(noticeWords(wordsIn("fr"), "language_unsupported", "de")).toMatch(/^allemand /);
  expect(wordsIn().languageName("not a tag at all")).toBe("not a tag at all");
});

test("time runs as minutes, then as hours", () => {
  expect([0, 192_900, 3_792_000, -5].map(elapsedWords)).toEqual(["00:00", "03:12", "1:03:12", "00:00"]);
});
