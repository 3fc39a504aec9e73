import { expect, test } from "vitest";
import { bootstrapInterval, countErrors, errorRate, wordsOf } from "./word-error-rate-count.ts";

test("digits are read one by one, punctuation goes, apostrophes stay", () => {
  expect(wordsOf("I've 2601 - OK?")).toEqual(["i've", "two", "six", "zero", "one", "ok"]);
  expect(wordsOf("$3.50, twenty-two ...")).toEqual(["three", "five", "zero", "twenty", "two"]);
});

test("a replaced, an extra and a missing word are one error each", () => {
  expect(countErrors("please enter your password", "please end your password")).toEqual({
    errors: 1,
    words: 4,
  });
  expect(countErrors("agent logged off", "agent has logged off")).toEqual({ errors: 1, words: 3 });
  expect(countErrors("agent logged off", "logged off")).toEqual({ errors: 1, words: 3 });
});

test("long files weigh more than short ones", () => {
  const files = [
    { errors: 1, words: 1 },
    { errors: 0, words: 9 },
  ];
  expect(errorRate(files)).toBe(10);
  const [low, high] = bootstrapInterval(files);
  expect(low).toBe(0);
  expect(high).toBe(100);
});
