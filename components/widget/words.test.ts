import { expect, test } from "vitest";
import { wordsIn } from "./testing/words-in.ts";

test("plurals and numbers follow the language, and its region", () => {
  const left = (tag: string, count: number) => wordsIn(tag).t("composer.left", { count });
  expect(left("en", 1)).toBe("1 character left");
  expect(left("en", 1_200)).toBe("1,200 characters left");
  expect(left("de", 1_200)).toBe("noch 1.200 Zeichen");
  expect(left("es", 1)).toBe("queda 1 carácter");
  expect(wordsIn("fr").t("transcript.new", { count: 0 })).toBe("0 nouvelle ligne");
  expect(wordsIn("pt").t("pane.unread", { count: 2 })).toBe("2 sugestões novas");
});

test("a time of day is written as the language writes it", () => {
  const at = new Date(2026, 4, 3, 14, 5).toISOString();
  expect(wordsIn("en-US").time(at)).toMatch(/^02:05\sPM$/);
  expect(wordsIn("de-AT").time(at)).toBe("14:05");
});

test("a sentence from elsewhere is said in the agent's language, names and all", () => {
  const { said } = wordsIn("de");
  expect(said("Nothing has been said yet.")).toBe("Noch wurde nichts gesagt.");
  expect(said("Your role in Genesys Cloud lacks conversation:message:create.")).toBe(
    "Ihrer Rolle in Genesys Cloud fehlt conversation:message:create.",
  );
  expect(
    said(
      "You are signed in to the organization Acme (EU), and this widget belongs to another one: Harborview. Sign out of Genesys Cloud, then sign in there.",
    ),
  ).toMatch(/Acme \(EU\).*: Harborview\. Melden Sie sich/);
});

test("what nobody has translated stays as it came", () => {
  expect(wordsIn("de").said("Something new happened.")).toBe("Something new happened.");
  expect(wordsIn("en").said("Nothing has been said yet.")).toBe("Nothing has been said yet.");
});
