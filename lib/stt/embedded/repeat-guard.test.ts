import { expect, test } from "vitest";
import { loopLength } from "./repeat-guard.ts";

const times = (count: number, phrase: readonly number[]) =>
  Array.from({ length: count }, () => phrase).flat();

test("a phrase going round in circles is found and its first saying kept", () => {
  const phrase = Array.from({ length: 14 }, (_, i) => i + 10);
  expect(loopLength([1, 2, ...times(4, phrase)])).toBe(3 * 14);
  expect(loopLength([1, ...times(5, [7, 8])])).toBe(4 * 2);
});

test("people repeat themselves", () => {
  expect(loopLength([1, ...times(4, [5])])).toBe(0);
  expect(loopLength([1, ...times(3, [5, 6])])).toBe(0);
  expect(loopLength(times(2, [1, 2, 3, 4, 5, 6]))).toBe(0);
});

test("a row of equal digits is an account number and not a loop", () => {
  expect(loopLength(times(8, [48]))).toBe(0);
});

test("a draft says nothing of three tokens or more twice", () => {
  expect(loopLength(times(2, [1, 2, 3, 4]), true)).toBe(4);
  expect(loopLength(times(2, [48, 9]), true)).toBe(0);
});
