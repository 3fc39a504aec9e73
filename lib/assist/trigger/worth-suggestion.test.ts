import * as fc from "fast-check";
import { expect, test } from "vitest";
import { partsOfTurn } from "./parts-of-turn.ts";
import { questionOf } from "./question-of.ts";
import { worthSuggestion } from "./worth-suggestion.ts";

test.each([
  "How do I get my money back?",
  "can you tell me whether the warranty covers water damage",
  "I was charged twice this month",
  "my parcel has not arrived yet",
  "uh yeah hi um i'd like to cancel my subscription",
  "what happens if I pay late",
  "I can't log in to my account",
  "the internet keeps dropping every evening",
  "do you ship to Norway",
  "I forgot my password",
  "Am I allowed to bring a second bag?",
  "I need to change the address on my order",
  "there is a problem with my last invoice",
  "how do I change the address for my delivery",
  "the internet has been down since this morning",
  "will my phone line work in a power cut",
  "i got the wrong item",
  "can I get paper bills",
  "is it possible to pause the contract while i'm abroad",
  "why is my bill so high",
  "I want to return the shoes I bought last week",
  "not sure how to reset the router",
  "okay great and do you know if there is a fee for that",
])("a card is worth while: %s", (turn) => {
  expect(worthSuggestion(turn)).toMatchObject({ ask: true });
});

test.each([
  "",
  "   ...",
  "Okay, thank you.",
  "yes",
  "Hi, good morning!",
  "uh huh yeah",
  "No, that's all I need. Thanks for your help!",
  "bye bye",
  "four four seven one nine zero two",
  "it's M as in Mike, A as in Alpha",
  "My name is John Smith",
  "Great, that sounds good",
  "Have a nice day",
  "Can you give me the reference number please",
  "please book it for two people on friday",
  "one moment please",
  "I'm calling from Boston",
])("nothing is asked: %s", (turn) => {
  expect(worthSuggestion(turn)).toMatchObject({ ask: false });
});

test("a fragment asks only as the continuation of a question", () => {
  const asked = [{ speaker: "customer", text: "When are you open?" } as const];
  expect(worthSuggestion("and on sundays", asked).ask).toBe(true);
  expect(worthSuggestion("and on sundays").ask).toBe(false);
});

test("a good answer in the base tips a doubtful turn, and a bad one does not silence a clear question", () => {
  const doubtful = "I need to know your information on parking";
  expect(worthSuggestion(doubtful, [], { bestHit: 1 }).score).toBeGreaterThan(
    worthSuggestion(doubtful).score,
  );
  expect(worthSuggestion("How do I get a refund?", [], { bestHit: 0 }).ask).toBe(true);
});

test("the reason says what the turn does", () => {
  expect(worthSuggestion("I was charged twice").reason).toBe("reports a problem");
  expect(worthSuggestion("Thanks, bye").reason).toBe("closes or thanks");
});

test("the card quotes the part that asks", () => {
  expect(questionOf("Hi there. I ordered shoes last week. When will they arrive? I'm in Leeds.")).toBe(
    "When will they arrive?",
  );
  const spoken =
    "yeah hi i moved here in may and everything was fine with the line until last week and now the internet keeps dropping in the evening";
  expect(questionOf(spoken)).toBe("and now the internet keeps dropping in the evening");
});

test("an explicit question beats a statement, however grave", () => {
  const turn = "Okay. The thing is that our line was down for three days. Do I get any money back for those?";
  expect(questionOf(turn)).toBe("Do I get any money back for those?");
  expect(partsOfTurn(turn).support).toContain("The thing is that our line was down for three days.");
});

test("whatever is said, the score is a probability and the quote is short", async () => {
  await fc.assert(
    fc.property(fc.string({ maxLength: 600 }), (turn) => {
      const { score } = worthSuggestion(turn);
      expect(score >= 0 && score <= 1).toBe(true);
      expect(questionOf(turn).length).toBeLessThanOrEqual(201);
    }),
  );
});
