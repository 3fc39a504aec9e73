import * as fc from "fast-check";
import { expect, test } from "vitest";
import { buildIndex, type IndexChunk } from "#/lib/knowledge/search/build-index.ts";
import { composeQuery } from "#/lib/knowledge/search/compose-query.ts";
import { search } from "#/lib/knowledge/search/search.ts";
import { extractAnswer } from "./extract-answer.ts";

const aChunk = (id: string, title: string, text: string): IndexChunk => ({
  id,
  documentId: `document-${id}`,
  title,
  headingPath: ["Help"],
  text,
});

const INDEX = buildIndex([
  aChunk(
    "refunds",
    "Refunds",
    "We check every return. A refund reaches your card within five working days. This can take longer over the holidays. Shipping costs are not part of it.",
  ),
  aChunk(
    "router",
    "Router",
    "Routers need air around them. To reset the router, do this:\n1. Unplug it.\n2. Wait ten seconds. Do not hurry.\n3. Plug it in again.\nThe lamp turns green.",
  ),
  aChunk("roaming", "Roaming", "Can I use my phone abroad? Yes, in all countries of the European Union."),
  aChunk(
    "lights",
    "Lamp colours",
    "The lamp has five colours:\n- White: connected.\n- Orange: the sign-in failed, so restart the box.\n- Red: no signal on the line.\n- Blue: ready to pair a device.\n- Off: no power at all.",
  ),
  {
    ...aChunk("late-when", "Late payment fee", "After 10 days a fee of $6 is added to the next bill."),
    documentId: "late",
    headingPath: ["Grace period"],
  },
  {
    ...aChunk("late-waive", "Late payment fee", "Agents may waive one late payment fee in every 12 months."),
    documentId: "late",
    headingPath: ["Waiving the fee"],
  },
  {
    ...aChunk("late-shown", "Late payment fee", "The late payment fee has a line of its own on the bill."),
    documentId: "late",
    headingPath: ["On the bill"],
  },
  aChunk("closing", "Close an account", "Accounts are closed at the end of the month."),
]);

function answerTo(text: string) {
  const query = composeQuery([{ speaker: "customer", text }], INDEX);
  return extractAnswer({ index: INDEX, query, passages: search(INDEX, query, { limit: 5 }) });
}

test("the answer is the sentence that answers, with what leans on it and its source", () => {
  const { answer } = answerTo("When does the refund reach my card?");
  expect(answer?.text).toBe(
    "A refund reaches your card within five working days. This can take longer over the holidays.",
  );
  expect(answer?.sources[0]).toMatchObject({
    n: 1,
    chunkId: "refunds",
    title: "Refunds",
    headingPath: ["Help"],
  });
});

test("a list is shown whole, with the line before it", () => {
  const { answer } = answerTo("How do I reset the router?");
  expect(answer?.text).toBe(
    "To reset the router, do this:\n1. Unplug it.\n2. Wait ten seconds. Do not hurry.\n3. Plug it in again.",
  );
});

test("of a long list only the items that answer are shown", () => {
  const { answer } = answerTo("What does an orange lamp mean, which colours has it?");
  expect(answer?.sentences.map(({ text }) => text)).toEqual([
    "The lamp has five colours:",
    "- Orange: the sign-in failed, so restart the box.",
  ]);
});

test("a question in the text is not the answer, the statement after it is", () => {
  expect(answerTo("can i use my phone abroad").answer?.text).toBe(
    "Yes, in all countries of the European Union.",
  );
});

test("of an article's sections the one that holds what was asked speaks, and is cited", () => {
  const { answer } = answerTo("How much is the late payment fee?");
  expect(answer?.text).toBe("After 10 days a fee of $6 is added to the next bill.");
  const [sentence] = answer?.sentences ?? [];
  expect(answer?.sources[(sentence?.source ?? 0) - 1]?.chunkId).toBe("late-when");
});

test("an exception speaks when it is asked for", () => {
  expect(answerTo("When is the late payment fee waived?").answer?.text).toContain("may waive");
});

test("below the threshold it is silent and says why", () => {
  expect(answerTo("Which wine goes with lobster on Sundays?")).toMatchObject({ answer: undefined });
  expect(answerTo("Which wine goes with lobster on Sundays?").reason).not.toBe("");
});

test("whatever is asked, every sentence is a piece of its source", async () => {
  const word = fc.constantFrom(
    "refund",
    "router",
    "reset",
    "card",
    "phone",
    "abroad",
    "account",
    "close",
    "days",
  );
  await fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const { answer } = answerTo(words.join(" "));
      for (const { text, source, start, end } of answer?.sentences ?? []) {
        const chunk = INDEX.byId.get(answer?.sources[source - 1]?.chunkId ?? "");
        expect(chunk?.text.slice(start, end)).toBe(text);
      }
    }),
  );
});
