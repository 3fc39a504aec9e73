import { expect, test } from "vitest";
import { niceMax, segments } from "./chart-scale.ts";

test.each([
  [[], 1],
  [[0, 0], 1],
  [[3], 5],
  [[12, 100], 100],
  [[101], 200],
  [[0.4], 0.5],
])("the axis over %j ends at %d", (values, top) => {
  expect(niceMax(values)).toBeCloseTo(top);
});

test("a line stops where nothing was measured", () => {
  expect(segments([undefined, 1, 2, undefined, 3])).toEqual([
    [
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ],
    [{ x: 4, y: 3 }],
  ]);
});
