import { expect, test } from "vitest";
import { answerBlocks, answerText } from "./answer-blocks.ts";

const cites = (n: number) => [{ n, start: 0, end: 4 }];

test("lines with a marker become the items of one list, and the source stands at its end", () => {
  const [list, ...rest] = answerBlocks([
    { text: "- To a card: 5 to 7 days.\n- To a bank account: 3 to 5 days.", citations: cites(1) },
  ]);
  expect(rest).toEqual([]);
  expect(list).toEqual({
    kind: "list",
    ordered: false,
    start: 1,
    items: [
      [{ text: "To a card: 5 to 7 days.", citations: [] }],
      [{ text: "To a bank account: 3 to 5 days.", citations: cites(1) }],
    ],
  });
});

test("an introduction stays prose before its steps, which keep their numbers", () => {
  const blocks = answerBlocks([
    { text: "Do this:", citations: cites(1) },
    { text: "2. Open the box.", citations: cites(1) },
    { text: "3. Press reset.", citations: cites(2) },
    { text: "Then wait.", citations: cites(2) },
  ]);
  expect(blocks.map(({ kind }) => kind)).toEqual(["prose", "list", "prose"]);
  expect(blocks[1]).toMatchObject({ ordered: true, start: 2 });
});

test("a dash or a figure inside a sentence makes no list", () => {
  const text = "The fee is 5 - 10 EUR. 2 days later it is gone.";
  expect(answerBlocks([{ text, citations: [] }])).toEqual([
    { kind: "prose", sentences: [{ text, citations: [] }] },
  ]);
});

test("as plain text every item has its line and sentences follow one another", () => {
  expect(
    answerText([
      { text: "One.", citations: [] },
      { text: "Two.", citations: [] },
      { text: "- a\n- b", citations: [] },
    ]),
  ).toBe("One. Two.\n- a\n- b");
});
