import { expect, test } from "vitest";
import { createTokenBucket } from "./token-bucket.ts";

test("a burst passes, then one each time the bucket has filled by one", () => {
  const bucket = createTokenBucket({ burst: 3, perSecond: 2 });
  const now = 1_000_000;
  expect([1, 2, 3, 4].map(() => bucket.take(now))).toEqual([true, true, true, false]);
  expect(bucket.take(now + 499)).toBe(false);
  expect(bucket.take(now + 500)).toBe(true);
  expect(bucket.take(now + 500)).toBe(false);
});

test("a long silence fills the bucket to its brim and no further", () => {
  const bucket = createTokenBucket({ burst: 2, perSecond: 10 });
  bucket.take(0);
  expect([1, 2, 3].map(() => bucket.take(3_600_000))).toEqual([true, true, false]);
});
