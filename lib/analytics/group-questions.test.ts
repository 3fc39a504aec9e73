import { expect, test } from "vitest";
import { askedIn } from "./asked-in.ts";
import { groupQuestions } from "./group-questions.ts";

const grouped = (questions: readonly string[]) =>
  groupQuestions(questions, (text) => text).groups.map(({ members }) => members);

test("wordings of one question are one group, and other questions stay apart", () => {
  expect(
    grouped([
      "Do you ship to Norway?",
      "Is shipping to Norway possible?",
      "How do I reset my router?",
      "What does it cost to ship a parcel to Norway?",
      "My router needs a reset, how?",
    ]),
  ).toEqual([
    [
      "Do you ship to Norway?",
      "Is shipping to Norway possible?",
      "What does it cost to ship a parcel to Norway?",
    ],
    ["How do I reset my router?", "My router needs a reset, how?"],
  ]);
});

test("a word that is in every question puts nothing together", () => {
  expect(
    grouped(["Contract notice period?", "Contract copy by post?", "Contract bank details?"]),
  ).toHaveLength(3);
});

test("small talk without a subject is in no group, and nothing is found for it", () => {
  const grouper = groupQuestions(["How are you?", "Where is my refund?"], (text) => text);
  expect(grouper.groups).toHaveLength(1);
  expect(grouper.find("Are my refunds coming?")).toBe(grouper.groups[0]);
  expect(grouper.find("How are you?")).toBeUndefined();
});

test("what was asked is the last question, or all of it", () => {
  expect(askedIn("Hello there. Can I pay later? I think so. Or can I pay by card?")).toBe(
    "Or can I pay by card?",
  );
  expect(askedIn("I need my invoice.")).toBe("I need my invoice.");
  expect(askedIn("x".repeat(300))).toHaveLength(200);
});
