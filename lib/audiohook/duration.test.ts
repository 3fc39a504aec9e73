import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

test.each([
  ["PT0S", 0],
  ["PT1.2S", 9600],
  ["PT0.001163984S", 9],
  ["PT.5S", 4000],
  ["PT5.S", 40_000],
])("%s is %i samples", (text, samples) => {
  expect(parseDuration(text)).toBe(samples);
});

test.each(["PT5e-7S", "PT-1S", "P1D", "PT1M", "PTS", "PT.S", "1.5", "", 5, null, `PT${"9".repeat(60)}S`])(
  "%s is no duration",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test("a single sample is written without an exponent", () => {
  expect(formatDuration(1)).toBe("PT0.000125S");
  expect(formatDuration(0)).toBe("PT0S");
  expect(formatDuration(9600)).toBe("PT1.2S");
});

test("what is written can be read back, whatever its size", () => {
  fc.assert(
    fc.property(fc.nat({ max: 8_000_000_000_000 }), (samples) => {
      const text = formatDuration(samples);
      expect(text).toMatch(/^PT(0|[1-9]\d*)(\.\d{1,6})?S$/);
      expect(parseDuration(text)).toBe(samples);
    }),
  );
});
