import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sentencesOf } from "#/lib/knowledge/reading/sentences.ts";
import { ground } from "./ground.ts";
import { groundSentence } from "./ground-sentence.ts";

const PASSAGES = [
  {
    chunkId: "refunds",
    text: "A refund reaches your card within five working days after the return arrived. Shipping costs of 4.90 EUR are not refunded. Sale items can be returned until 31 January.",
  },
  {
    chunkId: "plans",
    text: "The Basic plan costs $9 a month and includes 10 GB. You can cancel at any time at https://shop.example/cancel or call +49 30 1234567. A plan cannot be paused.",
  },
];

const isKept = (draft: string) => groundSentence(draft, PASSAGES).kept;

test.each([
  "A refund reaches your card within five working days after the return arrived.",
  "The refund is on your card within 5 working days after the return arrived.",
  "Shipping costs of €4.90 are not refunded.",
  "You can return sale items until January 31.",
  "The Basic plan costs 9 dollars a month.",
  "You can cancel at any time at https://shop.example/cancel.",
  "Unfortunately, a plan can't be paused.",
  "Call +49 30 1234567 or cancel at any time.",
])("what the sources say is kept: %s", (draft) => {
  expect(groundSentence(draft, PASSAGES)).toMatchObject({ kept: true });
});

test.each([
  ["A refund reaches your card within six working days after the return arrived.", "number"],
  ["A refund reaches your card within five weeks after the return arrived.", "number"],
  ["A refund reaches your card within five working days before the return arrived.", "opposite"],
  ["Shipping costs of 4.90 EUR are refunded.", "opposite"],
  ["Shipping costs of $4.90 are not refunded.", "number"],
  ["Sale items can be returned until 31 March.", "date"],
  ["A plan can be paused.", "opposite"],
  ["You can cancel at any time at https://evil.example/cancel.", "link"],
  ["You can cancel at any time or call +49 30 7654321.", "link"],
  ["The Basic plan costs $9 a month and includes Netflix.", "name"],
  ["the premium plan costs $9 a month.", "not in the sources"],
  ["The Basic plan cannot be cancelled.", "opposite"],
  ["The Basic plan costs 10 dollars a month.", "number"],
  ["Our headquarters stand on a green hill by the river.", "not in the sources"],
  ["I hope this helps!", "not in the sources"],
  ["Would you like to cancel your plan?", "asks"],
  ["Sure!", "nothing"],
])("what they do not say is withheld: %s", (draft, reason) => {
  const grounded = groundSentence(draft, PASSAGES);
  expect(grounded).toMatchObject({ kept: false });
  expect(grounded.kept ? "" : grounded.reason).toContain(reason);
});

test("the spans are the characters of the sentence that says it", () => {
  const grounded = groundSentence("A plan cannot be paused.", PASSAGES);
  const [span] = grounded.kept ? grounded.spans : [];
  expect(span?.chunkId).toBe("plans");
  expect(PASSAGES[1]?.text.slice(span?.start, span?.end)).toBe("A plan cannot be paused.");
});

test("a draft is kept and withheld sentence by sentence", () => {
  const draft = "The Basic plan costs $9 a month. It also makes coffee on the moon. A plan cannot be paused.";
  expect(ground(draft, PASSAGES)).toMatchObject({
    kept: [{ text: "The Basic plan costs $9 a month." }, { text: "A plan cannot be paused." }],
    withheld: [{ text: "It also makes coffee on the moon.", reason: "is not in the sources" }],
  });
});

test("without passages nothing is kept", () => {
  expect(ground("The Basic plan costs $9 a month.", []).kept).toEqual([]);
});

test("a telephone number vouches for no other number", () => {
  expect(isKept("Sale items can be returned until 49 January.")).toBe(false);
});

const SOURCE_SENTENCES = PASSAGES.flatMap(({ text }) => sentencesOf(text).map((sentence) => sentence.text));

test("every sentence of a source is kept as it stands, and with another number never", async () => {
  await fc.assert(
    fc.property(
      fc.constantFrom(...SOURCE_SENTENCES),
      fc.integer({ min: 40, max: 89 }),
      (sentence, number) => {
        expect(isKept(sentence)).toBe(true);
        const forged = sentence.replace(/\d+(?:\.\d+)?|five/, String(number));
        if (forged !== sentence) expect(isKept(forged)).toBe(false);
      },
    ),
  );
});

test("nonsense keeps nothing", async () => {
  const word = fc.string({ minLength: 4, maxLength: 9, unit: fc.constantFrom(..."bcdfghjkqvwxz") });
  await fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
      expect(ground(`${words.join(" ")}.`, PASSAGES).kept).toEqual([]);
    }),
  );
});

test("whatever a model writes, the answer is a decision and not a failure", async () => {
  await fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (draft) => {
      const { kept, withheld } = ground(draft, PASSAGES);
      expect(kept.length + withheld.length).toBe(sentencesOf(draft).length);
    }),
  );
});
