import compile from "icu-minify/compile";
import type { ChosenLocale, Locale } from "../locales.ts";
import { de } from "./de.ts";
import { type Catalogue, en, type MessageKey } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import type { WordsPack } from "./pack.ts";
import { pt } from "./pt.ts";
import { saidDe } from "./said-de.ts";
import { saidEs } from "./said-es.ts";
import { saidFr } from "./said-fr.ts";
import { saidPt } from "./said-pt.ts";

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, es, de, fr, pt };
const SAID: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: {},
  es: saidEs,
  de: saidDe,
  fr: saidFr,
  pt: saidPt,
};

const compiled = new Map<Locale, WordsPack["messages"]>();

/**
 * A language's words with the messages' syntax read already. On the server only: the reader of ICU syntax is ten
 * times as large as what puts its result together, and no agent's browser needs it.
 */
export function compilePack({ locale, tag }: ChosenLocale): WordsPack {
  const messages = compiled.get(locale) ?? compileMessages(CATALOGUES[locale]);
  compiled.set(locale, messages);
  return { locale, tag, messages, said: SAID[locale] };
}

function compileMessages(catalogue: Catalogue): WordsPack["messages"] {
  const entries = Object.entries(catalogue).map(([key, message]) => [key, compile(message)] as const);
  // Plain objects throughout: the compiler makes some without a prototype, which no page may be given.
  return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Record<
    MessageKey,
    ReturnType<typeof compile>
  >;
}
