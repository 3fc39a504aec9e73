import { expect, test } from "vitest";
import { speaksLanguage } from "./speech-languages.ts";

const ENGINE = { languages: ["en"] };

test.each([undefined, "en", "en-GB", "EN-us", "en_AU"])("%s is done", (tag) => {
  expect(speaksLanguage(ENGINE, tag)).toBe(true);
});

test.each(["de-DE", "es", "eng-x", "enm"])("%s is not done", (tag) => {
  expect(speaksLanguage(ENGINE, tag)).toBe(false);
});
