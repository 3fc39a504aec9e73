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
  const { reason, actions, outcome } = extractSummary(CALL);
  expect(reason.map(({ text }) => text)).toEqual([
    "Customer: “I was charged twice for my October bill.”",
    "Customer: “Can you tell me when I get the money back?”",
  ]);
  expect(actions.map(({ text }) => text)).toEqual(["Agent: “I have refunded the second charge of $49.90.”"]);
  expect(outcome.map(({ text }) => text)).toEqual([
    "Agent: “It will be on your account within 5 days.”",
    "Agent: “I'll send you a confirmation by e-mail.”",
  ]);
});

test("every sentence names the turn that it was said in", () => {
  const { reason, actions, outcome } = extractSummary(CALL);
  for (const { text, evidence } of [...reason, ...actions, ...outcome]) {
    const said = CALL.turns.find((turn) => turn.id === evidence[0]);
    expect(said?.text).toContain(text.replace(/^\w+: “|”$/g, ""));
  }
});

test("an article counts as used once the agent has copied, inserted or sent it", () => {
  const card = { eventId: id(3), question: "When do I get the money back?", titles: ["Refunds"] };
  const used = extractSummary({ ...CALL, cards: [{ ...card, used: true }] });
  expect(used.actions[0]).toEqual({
    text: "Answered from “Refunds”: When do I get the money back?",
    evidence: [id(3)],
    form: { kind: "answered", titles: ["Refunds"], question: "When do I get the money back?" },
  });
  const shown = extractSummary({ ...CALL, cards: [{ ...card, used: false }] });
  expect(shown.actions.some(({ text }) => text.includes("Refunds"))).toBe(false);
});

test("what was done and promised in one breath is told as both", () => {
  const { actions, outcome } = extractSummary(
    talk("C: I was charged twice.", "A: I have refunded it and I will call you back tomorrow."),
  );
  expect(actions).toEqual(outcome);
  expect(actions).toHaveLength(1);
});

test("a question that nobody has answered is open", () => {
  const { outcome } = extractSummary(talk("A: I've changed your plan.", "C: And when does the old one end?"));
  expect(outcome).toEqual([
    {
      text: "Open question: “And when does the old one end?”",
      evidence: [id(1)],
      form: { kind: "open", quote: "And when does the old one end?" },
    },
  ]);
});

test("what is said twice is told once, and a long sentence is cut", () => {
  const long = `I need ${"a very long explanation ".repeat(40)}please`;
  const { reason } = extractSummary(talk("C: My invoice is wrong.", "C: my invoice is wrong", `C: ${long}`));
  expect(reason).toHaveLength(2);
  expect(reason[1]?.text.length).toBeLessThan(300);
});

test("of a language without cues the first and the longest words are told", () => {
  const { reason, actions } = extractSummary(
    talk("C: Meine Rechnung wurde doppelt abgebucht.", "A: Die zweite Abbuchung haben wir heute erstattet."),
  );
  expect(reason).toHaveLength(1);
  expect(actions).toHaveLength(1);
});

test("numbers, amounts and dates that nothing else told are the facts", () => {
  const { reason, facts, outcome } = extractSummary(
    talk(
      "C: I want to cancel my contract.",
      "A: Which one is it?",
      "C: The customer number is 4711200.",
      "C: It started on 3 May and costs 29.90 EUR.",
      "A: Our lines are busy.",
      "C: That works, it is all set then.",
    ),
  );
  expect(reason[0]?.text).toContain("cancel");
  expect(facts.map(({ text }) => text)).toEqual([
    "Customer: “The customer number is 4711200.”",
    "Customer: “It started on 3 May and costs 29.90 EUR.”",
  ]);
  expect(outcome.map(({ text }) => text)).toEqual(["Customer: “That works, it is all set then.”"]);
});
