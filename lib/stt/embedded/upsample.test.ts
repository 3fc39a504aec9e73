import { expect, test } from "vitest";
import { upsampleTwice } from "./upsample.ts";

const tone = (hertz: number, rate: number, length: number) =>
  Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate));

test.each([300, 1000, 3000, 3400])("a tone of %i Hz keeps its shape at twice the rate", (hertz) => {
  const given = Int16Array.from(tone(hertz, 8000, 800), (value) => Math.round(value * 32_768));
  const expected = tone(hertz, 16_000, 1600);
  const found = upsampleTwice(given);
  expect(found).toHaveLength(1600);
  // The ends are heard against silence on the other side.
  for (let i = 100; i < 1500; i++) expect(Math.abs((found[i] ?? 0) - (expected[i] ?? 0))).toBeLessThan(0.001);
});

test("nothing becomes nothing", () => {
  expect(upsampleTwice(new Int16Array())).toHaveLength(0);
});
