import { expect, test } from "vitest";
import type { FoundPassage } from "../retrieve.ts";
import { followUps } from "./follow-ups.ts";
import { quickReplies } from "./quick-replies.ts";

const id = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const cites = [{ n: 1, start: 0, end: 10 }];
const says = (...texts: string[]) => texts.map((text) => ({ text, citations: cites }));

test("a reply is a sentence of the answer that stands by itself", () => {
  const answer = says(
    "A refund to a card takes 5 to 7 business days.",
    "It depends on your bank.",
    "Refunds to a bank account arrive within 3 to 5 days.",
    "- To a voucher: at once.",
    "See below",
  );
  expect(quickReplies(answer).map(({ text }) => text)).toEqual([
    "A refund to a card takes 5 to 7 business days.",
    "Refunds to a bank account arrive within 3 to 5 days.",
  ]);
});

test("what no source supports is never offered to be sent", () => {
  const [first, ...rest] = says(
    "A refund takes 5 to 7 business days.",
    "We are sorry for the trouble caused.",
  );
  expect(
    quickReplies([{ text: "Our assistant thinks you are right.", citations: [] }, ...rest]),
  ).toHaveLength(1);
  expect(quickReplies(first ? [first] : [])).toEqual([]);
});

function passage(at: number, headingPath: string[], score: number): FoundPassage {
  const chunk = { id: id(at), documentId: id(100), title: "Refunds", headingPath, text: "" };
  return { chunkId: id(at), documentId: id(100), score, chunk } as unknown as FoundPassage;
}

test("neighbors of the answer are asked about by their own headings", () => {
  const passages = [
    passage(1, ["Refunds", "How long does a refund to a card take?"], 0.9),
    passage(2, ["Refunds", "How long does a refund to a card take?"], 0.8),
    passage(3, ["Refunds", "Can I have a voucher instead?"], 0.7),
    passage(4, ["Refunds", "2. Refunds to a bank account"], 0.6),
    passage(5, ["Parcels", "Lost parcels"], 0.1),
  ];
  const source = { n: 1, chunkId: id(1), documentId: id(100), title: "Refunds", headingPath: [], score: 0.9 };
  expect(followUps(passages, { sentences: says("5 to 7 days."), sources: [source] })).toEqual([
    { kind: "question", text: "Can I have a voucher instead?", chunkId: id(3) },
    { kind: "topic", text: "Refunds to a bank account", chunkId: id(4) },
  ]);
});
