import { expect, test } from "vitest";
import { expectedAnswer, headingPromises, holds } from "./expected-answer.ts";

test.each([
  ["How much is the late fee?", "amount"],
  ["Is there a fee for paper bills?", "amount"],
  ["When is the fee due?", "time"],
  ["What is the fee when I pay late?", "amount"],
  ["How early do I have to call?", "time"],
  ["How do I turn it off?", "step"],
  ["Where do I find the code?", "place"],
  ["How many lines can I have?", "count"],
  ["Why was I charged twice?", "cause"],
  ["Can I return headphones?", "leave"],
  ["When is the fee waived?", undefined],
  ["My parcel is late.", undefined],
])("%s asks for: %s", (question, expected) => {
  expect(expectedAnswer(question)).toBe(expected);
});

test("an amount is a sum of money or none at all", () => {
  const asked = "How much is it?";
  expect(holds("A late fee of $6 is added.", "amount", asked)).toBe(true);
  expect(holds("Pickup is always free.", "amount", asked)).toBe(true);
  expect(holds("Agents may waive one fee in every 12 months.", "amount", asked)).toBe(false);
});

test("a count is a number of what is counted", () => {
  const asked = "How many lines can I have?";
  expect(holds("Up to six mobile lines on one bill.", "count", asked)).toBe(true);
  expect(holds("Lines can be paused for 30 days.", "count", asked)).toBe(false);
});

test("a step is an order or a way through menus", () => {
  const asked = "How do I pause it?";
  expect(holds("2. Unplug the router.", "step", asked)).toBe(true);
  expect(holds("My account > Plan > Pause.", "step", asked)).toBe(true);
  expect(holds("A paused line stops alarm systems.", "step", asked)).toBe(false);
});

test("a heading about changing a date promises no date", () => {
  expect(headingPromises("Due dates", "time")).toBe(true);
  expect(headingPromises("Moving the due date", "time")).toBe(false);
});
