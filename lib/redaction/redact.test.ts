import { expect, test } from "vitest";
import { redactPayload, redactText } from "./redact.ts";

test.each([
  ["write to jane.doe+x@example.co.uk please", "write to [email] please"],
  ["my card is 4111 1111 1111 1111 ok", "my card is [card] ok"],
  ["account DE89 3704 0044 0532 0130 00", "account [iban]"],
  ["call +44 20 7946 0958", "call [phone]"],
  ["order 884421907 is late", "order [number] is late"],
  ["it is four four one two seven nine", "it is [number]"],
  ["a fee of 25 euros within 14 days, plan 2026", "a fee of 25 euros within 14 days, plan 2026"],
])("%s", (text, expected) => {
  expect(redactText(text)).toBe(expected);
});

test("a number that is no card by its check digit is still taken out", () => {
  expect(redactText("4111 1111 1111 1112")).not.toMatch(/\d/);
});

test("ids and times in a payload stay, texts do not", () => {
  const counts = {};
  const payload = {
    id: "d7934305-0972-4844-938e-9060eef73d05",
    at: "2026-11-22T10:00:00.123Z",
    message: { text: "a@b.io", parts: ["c@d.io"] },
    ms: 1234567890,
  };
  expect(redactPayload(payload, counts)).toEqual({
    ...payload,
    message: { text: "[email]", parts: ["[email]"] },
  });
  expect(counts).toEqual({ email: 2 });
});
