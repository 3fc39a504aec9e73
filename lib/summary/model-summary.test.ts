import { expect, test } from "vitest";
import { linesOfTurns, modelSummary } from "./model-summary.ts";
import type { AskModel } from "./ports.ts";
import { readDraft } from "./read-draft.ts";

const id = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const lines = linesOfTurns([
  { id: id(1), speaker: "customer", text: "I was charged twice, 49.90 each." },
  { id: id(2), speaker: "agent", text: "I have refunded the second charge." },
]);

test("sentences keep the turns that they name", () => {
  const { fields, withheld } = readDraft(
    "REASON: The customer was charged twice [1].\n**ACTIONS:** The second charge was refunded. [1][2]\nOUTCOME:",
    lines,
  );
  expect(fields.reason).toEqual([{ text: "The customer was charged twice.", evidence: [id(1)] }]);
  expect(fields.actions).toEqual([{ text: "The second charge was refunded.", evidence: [id(1), id(2)] }]);
  expect([fields.outcome, withheld]).toEqual([[], 0]);
});

test.each([
  ["without a line", "REASON: The customer was charged twice."],
  ["with a line that is not there", "REASON: The customer was charged twice [1][7]."],
  ["with another number", "REASON: The customer was charged 59.90 [1]."],
  ["about something else", "REASON: Mercury orbits quickly [1]."],
])("a sentence %s is withheld", (_name, answer) => {
  expect(readDraft(answer, lines)).toMatchObject({ fields: { reason: [] }, withheld: 1 });
});

test("chatter around the lines is nothing", () => {
  expect(readDraft("Sure! Here is your summary [1]:\n\nI hope this helps [2].", lines)).toMatchObject({
    fields: { reason: [], facts: [], actions: [], outcome: [] },
  });
});

test("a three-hour call is noted in parts that fit, and every sentence still names its turns", async () => {
  const turns = Array.from({ length: 3_000 }, (_, at) => ({
    id: id(at),
    speaker: at % 2 ? ("agent" as const) : ("customer" as const),
    text: `Invoice ${at} was charged twice and must be looked at again.`,
  }));
  const asked: number[] = [];
  const ask: AskModel = async ({ instructions, prompt }) => {
    asked.push(prompt.length);
    const [first = ""] = prompt.split("\n");
    const text = first.replace(/^\[1\] (?:Customer: |Agent: )?/, "");
    return instructions.includes("NOTE:") ? `NOTE: ${text} [1]` : `REASON: ${text} [1]\nACTIONS: ${text} [2]`;
  };
  const { fields } = await modelSummary(ask, linesOfTurns(turns), new AbortController().signal);
  expect(Math.max(...asked)).toBeLessThan(16_000);
  expect(asked.length).toBeGreaterThan(10);
  expect(fields.reason[0]?.evidence).toEqual([id(0)]);
});
