import { expect, test } from "vitest";
import { tellInterims } from "./tell-interims.ts";

const PLACE = { tenantId: "t", connectionId: "n" };
const said = (text: string, at: number | undefined) => ({
  conversationId: "c-1",
  utteranceId: "u-1",
  speaker: "customer" as const,
  text,
  at,
});

function shown() {
  const texts: string[] = [];
  const tell = tellInterims(
    { ephemeral: (_place, message) => void texts.push(message.kind === "interim" ? message.text : "?") },
    () => 100_000,
  );
  return { texts, tell };
}

test("words that come late do not take the place of later ones", () => {
  const { texts, tell } = shown();
  tell(PLACE, said("I was", 99_000));
  tell(PLACE, said("I was charged", 99_400));
  tell(PLACE, said("I was", 99_200));
  tell(PLACE, { ...said("Let me", 99_100), utteranceId: "u-2" });
  expect(texts).toEqual(["I was", "I was charged", "Let me"]);
});

test("words of a backlog are of no use to anybody, and those without a time are believed", () => {
  const { texts, tell } = shown();
  tell(PLACE, said("long ago", 80_000));
  tell(PLACE, said("now", undefined));
  expect(texts).toEqual(["now"]);
});
