import { expect, test } from "vitest";
import { axisTop, figureWords, isEmpty, tickWords } from "./chart-data.ts";

test("the axis ends at a number that can be read, and never below what it shows", () => {
  expect([axisTop([3, 180], "ms"), axisTop([undefined, 21], "count"), axisTop([97], "percent")]).toEqual([
    200, 25, 100,
  ]);
  expect([axisTop([], "ms"), axisTop([1], "count")]).toEqual([100, 4]);
});

test("figures carry their unit, and a gap is not a zero", () => {
  expect(figureWords(1_250, "ms")).toBe("1.25 s");
  expect(figureWords(99.31, "percent")).toBe("99.3 %");
  expect(figureWords(100, "percent")).toBe("100 %");
  expect(figureWords(12_345, "count")).toBe("12,345");
  expect(figureWords(undefined, "count")).toBe("–");
  expect([tickWords(2_500, "ms"), tickWords(90_000, "ms"), tickWords(12_000, "count")]).toEqual([
    "2.5 s",
    "1.5 min",
    "12K",
  ]);
});

test("zeros and gaps alone are nothing to draw", () => {
  const series = [{ key: "a", label: "A", tone: "accent" as const }];
  expect(isEmpty([{ at: "2026-01-01T00:00:00Z", values: { a: 0 } }], series)).toBe(true);
  expect(isEmpty([{ at: "2026-01-01T00:00:00Z", values: { b: 2 } }], series)).toBe(true);
  expect(isEmpty([{ at: "2026-01-01T00:00:00Z", values: { a: 1 } }], series)).toBe(false);
});
