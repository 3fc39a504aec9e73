import { spoken } from "../locales.ts";
import { compilePack } from "../messages/compile-pack.ts";
import { createWords, type Words } from "../words.ts";

/** The widget's words for a test, in a language by its tag. */
export function wordsIn(tag = "en"): Words {
  return createWords(compilePack(spoken(tag) ?? { locale: "en", tag: "en" }));
}
