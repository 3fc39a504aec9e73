import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BUCKETS_PER_E, Histogram } from "./histogram.ts";

const bucketOf = (ms: number) => Math.round(BUCKETS_PER_E * Math.log(Math.max(1, ms)));

test("a percentile is within 3 % of the value at its rank", async () => {
  await fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 20, max: 600_000 }), { minLength: 1 }),
      fc.constantFrom(0.5, 0.95),
      (values, share) => {
        const histogram = new Histogram();
        for (const ms of values) histogram.add(bucketOf(ms), 1);
        const exact = values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;
        const read = histogram.percentile(share) ?? 0;
        expect(Math.abs(read - exact)).toBeLessThanOrEqual(exact * 0.03 + 0.5);
      },
    ),
  );
});

test("nothing counted has no percentile", () => {
  const histogram = new Histogram();
  histogram.add(3, 0);
  expect(histogram.percentile(0.5)).toBeUndefined();
});
