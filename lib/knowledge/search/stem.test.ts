import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stem } from "./stem.ts";

test.each([
  [["charge", "charged", "charging", "charges"]],
  [["cancel", "cancelled", "canceled", "cancelling", "cancellation"]],
  [["deliver", "delivery", "deliveries", "delivered"]],
  [["pay", "payment", "payments", "paying"]],
  [["activate", "activation", "activated"]],
])("%j are one word to the search", (forms) => {
  expect(new Set(forms.map(stem)).size).toBe(1);
});

test.each([
  ["bus", "busy"],
  ["return", "refund"],
  ["repeat", "repair"],
])("%s and %s stay apart", (one, other) => {
  expect(stem(one)).not.toBe(stem(other));
});

test("a stem is never empty and words with digits stay as they are", async () => {
  await fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,14}$/), (word) => {
      expect(stem(word).length).toBeGreaterThan(0);
      expect(stem(`${word}5s`)).toBe(`${word}5s`);
    }),
  );
});
