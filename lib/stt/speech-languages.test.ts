import { expect, test } from "vitest";
import { languageFor } from "./speech-languages.ts";

const ENGINE = { languages: ["en"] };

test.each([undefined, "en", "en-GB", "EN-us", "en_AU"])("%s is done", (tag) => {
  expect(languageFor(ENGINE, tag)).toBe("en");
});

test.each(["de-DE", "es", "eng-x", "enm"])("%s is not done", (tag) => {
  expect(languageFor(ENGINE, tag)).toBeUndefined();
});

const SEVERAL = { languages: ["es-ES", "en-US", "en-GB", "pt"] };

test.each([
  [undefined, "es-ES"],
  ["en-gb", "en-GB"],
  ["en", "en-US"],
  ["pt-BR", "pt"],
])("of several languages, %s is recognized as %s", (tag, language) => {
  expect(languageFor(SEVERAL, tag)).toBe(language);
});

test("another country's form of a language is not taken for it", () => {
  expect(languageFor(SEVERAL, "es-MX")).toBeUndefined();
});
