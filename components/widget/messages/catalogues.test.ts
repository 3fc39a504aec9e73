import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { LOCALES } from "../locales.ts";
import { CATALOGUES, compilePack } from "./compile-pack.ts";
import { en, type MessageKey } from "./en.ts";
import { SAID_SENTENCES } from "./said-sentences.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const OTHERS = LOCALES.filter((locale) => locale !== "en");

/** The names that a message is filled with, and the plural forms that it has words for. */
function partsOf(message: string) {
  const names = new Set([...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name));
  const forms = new Set([...message.matchAll(/\b(zero|one|two|few|many|other) \{/g)].map(([, form]) => form));
  return { names: [...names].sort(), forms };
}

test.each(OTHERS)("%s has every message, with the placeholders of the English one", (locale) => {
  const catalogue = CATALOGUES[locale];
  expect(Object.keys(catalogue)).toEqual(Object.keys(en));
  for (const [key, message] of Object.entries(en)) {
    const given = catalogue[key as MessageKey];
    expect(given.trim(), key).not.toBe("");
    expect(partsOf(given).names, key).toEqual(partsOf(message).names);
  }
});

test.each(LOCALES)("a plural in %s has words for every form that the language has", (locale) => {
  const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  for (const [key, message] of Object.entries(CATALOGUES[locale])) {
    const { forms } = partsOf(message);
    if (message.includes(", plural,")) expect([...forms].sort(), key).toEqual([...wanted].sort());
  }
});

test.each(OTHERS)("%s says every sentence from elsewhere, with its placeholders", (locale) => {
  const { said } = compilePack({ locale, tag: locale });
  expect(Object.keys(said)).toEqual([...SAID_SENTENCES]);
  for (const [sentence, words] of Object.entries(said)) {
    expect(words.trim(), sentence).not.toBe("");
    expect(partsOf(words).names, sentence).toEqual(partsOf(sentence).names);
  }
});

test.each(LOCALES)("the words in %s are plain data, which a page can be given", (locale) => {
  const plain = (value: unknown): boolean =>
    typeof value !== "object" ||
    value === null ||
    ((Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) &&
      Object.values(value).every(plain));
  expect(plain(compilePack({ locale, tag: locale }))).toBe(true);
});

test("every sentence from elsewhere is still said there", () => {
  const source = ["lib", "components/widget", "workers", "app/api"].flatMap(sourcesBelow).join("\n");
  const gone = SAID_SENTENCES.filter((sentence) => {
    const longest = sentence.split(/\{\w+\}|, and /).sort((one, other) => other.length - one.length)[0] ?? "";
    return !source.includes(longest);
  });
  expect(gone).toEqual([]);
});

test("no message is left without a place where it is shown", () => {
  const source = sourcesBelow("components/widget").join("\n");
  const families = /^(state|speaker|write|gap|notice|problem|summary|pane|keys|replies)\./;
  const unused = Object.keys(en).filter((key) => !families.test(key) && !source.includes(`"${key}"`));
  expect(unused).toEqual([]);
});

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|messages\//.test(path))
    .map((path) => readFileSync(join(ROOT, folder, path), "utf8"));
}
