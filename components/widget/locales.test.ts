import { expect, test } from "vitest";
import { acceptedLanguages, chooseLocale, spoken } from "./locales.ts";

test("the first language that the widget speaks is chosen, however its tag is written", () => {
  expect(chooseLocale(["{{gcLangTag}}", "nl-NL", "de_AT", "fr"])).toEqual({ locale: "de", tag: "de-AT" });
  expect(chooseLocale([undefined, null, "pt-BR"])).toEqual({ locale: "pt", tag: "pt-BR" });
  expect(chooseLocale(["en-gb"])).toEqual({ locale: "en", tag: "en-GB" });
});

test("nobody is left without words", () => {
  expect(chooseLocale([])).toEqual({ locale: "en", tag: "en" });
  expect(chooseLocale(["xx", "../../etc", ""])).toEqual({ locale: "en", tag: "en" });
  expect(spoken("nl")).toBeUndefined();
});

test("a browser's own order counts, not the order of the header", () => {
  expect(acceptedLanguages("en;q=0.5, de-DE, fr;q=0.9, es;q=0")).toEqual(["de-DE", "fr", "en"]);
  expect(acceptedLanguages(null)).toEqual([]);
});
