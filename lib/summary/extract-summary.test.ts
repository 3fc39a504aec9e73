import { expect, test } from "vitest";
import { extractSummary } from "./extract-summary.ts";
import type { Material, Turn } from "./read-material.ts";

const id = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

function talk(...lines: readonly string[]): Material {
  const turns = lines.map((line, at): Turn => {
    const [speaker, text = ""] = line.split(/: (.*)/);
    return { id: id(at), speaker: speaker === "C" ? "customer" : "agent", text };
  });
  return { turns, cards: [] };
}

const CALL = talk(
  "A: Good morning, this is Robin. How can I help you today?",
  "C: Hello. I was charged twice for my October bill.",
  "A: Let me check that for you.",
  "C: Can you tell me when I get the money back?",
  "A: I have refunded the second charge of $49.90. It will be on your account within 5 days.",
  "C: Thank you very much.",
  "A: I'll send you a confirmation by e-mail. Have a nice day!",
);

test("a call's wish, the agent's deed and the promises are told in the words that were said", () => {
  const { situation, action, nextSteps } = extractSummary(CALL);
  expect(situation.map(({ text }) => text)).toEqual([
    "Customer: “I was charged twice for my October bill.”",
    "Customer: “Can you tell me when I get the money back?”",
  ]);
  expect(action.map(({ text }) => text)).toEqual(["Agent: “I have refunded the second charge of $49.90.”"]);
  expect(nextSteps.map(({ text }) => text)).toEqual([
    "Agent: “It will be on your account within 5 days.”",
    "Agent: “I'll send you a confirmation by e-mail.”",
  ]);
});

test("every sentence names the turn that it was said in", () => {
  const { situation, action, nextSteps } = extractSummary(CALL);
  for (const { text, evidence } of [...situation, ...action, ...nextSteps]) {
    const said = CALL.turns.find((turn) => turn.id === evidence[0]);
    expect(said?.text).toContain(text.replace(/^\w+: “|”$/g, ""));
  }
});

test("an article counts as used once the agent has copied, inserted or sent it", () => {
  const card = { eventId: id(3), question: "When do I get the money back?", titles: ["Refunds"] };
  const used = extractSummary({ ...CALL, cards: [{ ...card, used: true }] });
  expect(used.action[0]).toEqual({
    text: "Answered from “Refunds”: When do I get the money back?",
    evidence: [id(3)],
  });
  const shown = extractSummary({ ...CALL, cards: [{ ...card, used: false }] });
  expect(shown.action.some(({ text }) => text.includes("Refunds"))).toBe(false);
});

test("what was done and promised in one breath is told as both", () => {
  const { action, nextSteps } = extractSummary(
    talk("C: I was charged twice.", "A: I have refunded it and I will call you back tomorrow."),
  );
  expect(action).toEqual(nextSteps);
  expect(action).toHaveLength(1);
});

test("a question that nobody has answered is open", () => {
  const { nextSteps } = extractSummary(
    talk("A: I've changed your plan.", "C: And when does the old one end?"),
  );
  expect(nextSteps).toEqual([{ text: "Open question: “And when does the old one end?”", evidence: [id(1)] }]);
});

test("what is said twice is told once, and a long sentence is cut", () => {
  const long = `I need ${"a very long explanation ".repeat(40)}please`;
  const { situation } = extractSummary(
    talk("C: My invoice is wrong.", "C: my invoice is wrong", `C: ${long}`),
  );
  expect(situation).toHaveLength(2);
  expect(situation[1]?.text.length).toBeLessThan(300);
});

test("of a language without cues the first and the longest words are told", () => {
  const { situation, action } = extractSummary(
    talk("C: Meine Rechnung wurde doppelt abgebucht.", "A: Die zweite Abbuchung haben wir heute erstattet."),
  );
  expect(situation).toHaveLength(1);
  expect(action).toHaveLength(1);
});
