import { expect, test } from "vitest";
import { addTo, binOf, countOf, middleOf, percentile } from "./histogram.ts";

/** A small generator, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function exact(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

test("percentiles are at most 2 % off the exact ones, for values of any size and any spread", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = random(seed);
    const spread = next() * 14;
    const values = Array.from({ length: 1 + Math.floor(next() * 500) }, () => Math.exp(next() * spread));
    const histogram = new Map<number, number>();
    for (const value of values) addTo(histogram, binOf(value), 1);
    values.sort((one, other) => one - other);
    for (const part of [0.01, 0.5, 0.95, 0.99, 1]) {
      const wanted = exact(values, part);
      const off = Math.abs((percentile(histogram, part) ?? Number.NaN) - wanted) / wanted;
      expect(off, `seed ${seed}, part ${part}, ${wanted}`).toBeLessThanOrEqual(0.02);
    }
  }
});

test("histograms that were added up are the histogram of everything", () => {
  const next = random(7);
  const [one, other, all] = [new Map(), new Map(), new Map()];
  for (let i = 0; i < 1_000; i += 1) {
    const bin = binOf(next() * 5_000);
    addTo(i % 3 === 0 ? one : other, bin, 1);
    addTo(all, bin, 1);
  }
  for (const [bin, n] of other) addTo(one, bin, n);
  expect(new Map([...one].sort())).toEqual(new Map([...all].sort()));
  expect(countOf(one)).toBe(1_000);
});

test("below a millisecond everything is one bin; of nothing there is no percentile", () => {
  expect([binOf(-5), binOf(0), binOf(0.99), middleOf(0)]).toEqual([0, 0, 0, 0.5]);
  expect(percentile(new Map(), 0.5)).toBeUndefined();
});
