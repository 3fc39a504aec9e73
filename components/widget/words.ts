import format from "icu-minify/format";
import type { MessageKey } from "./messages/en.ts";
import type { WordsPack } from "./messages/pack.ts";

export type Values = Readonly<Record<string, string | number>>;

/** The widget's words in the agent's language. */
export type Words = {
  locale: string;
  t(key: MessageKey, values?: Values): string;
  /** A sentence that came from elsewhere in English; as it is where the language has no word for it. */
  said(sentence: string): string;
  /** 14:05, as the language writes it. */
  time(at: string | number): string;
  /** With seconds. */
  exactTime(at: string | number): string;
  /** “one” and “other” */
  list(parts: readonly string[]): string;
  languageName(tag: string | undefined): string;
};

export function createWords(pack: WordsPack): Words {
  const { tag, messages } = pack;
  const formatters = createFormatters();
  const timeOf = (at: string | number, options: Intl.DateTimeFormatOptions) =>
    formatters.getDateTimeFormat(tag, options).format(new Date(at));
  const t: Words["t"] = (key, values) => String(format(messages[key] ?? key, tag, values, { formatters }));
  return {
    locale: pack.locale,
    t,
    said: saidIn(pack.said),
    time: (at) => timeOf(at, { hour: "2-digit", minute: "2-digit" }),
    exactTime: (at) => timeOf(at, { timeStyle: "medium" }),
    list: (parts) => new Intl.ListFormat(tag, { type: "conjunction" }).format(parts),
    languageName: (of) => nameOf(tag, of) ?? t("notice.thisLanguage"),
  };
}

/** Making one of these is slow, and each is asked for at every card. */
function createFormatters() {
  const made = new Map<string, unknown>();
  const keep = <O, T>(kind: string, make: (tag: string, options?: O) => T) => {
    return (tag: unknown, options?: O): T => {
      const key = `${kind} ${String(tag)} ${JSON.stringify(options)}`;
      const known = (made.get(key) as T | undefined) ?? make(String(tag), options);
      made.set(key, known);
      return known;
    };
  };
  return {
    getDateTimeFormat: keep(
      "time",
      (tag, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
    ),
    getNumberFormat: keep(
      "number",
      (tag, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options),
    ),
    getPluralRules: keep(
      "plural",
      (tag, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(tag, options),
    ),
  };
}

type Pattern = { shape: RegExp; names: string[]; words: string };

/** Sentences with a name or a number in them are known by their shape. */
function saidIn(said: WordsPack["said"]): Words["said"] {
  const patterns = Object.entries(said).flatMap(([sentence, words]): Pattern[] => {
    const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    if (names.length === 0) return [];
    const parts = sentence.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return [{ shape: new RegExp(`^${parts.join("(.+?)")}$`, "s"), names, words }];
  });
  return (sentence) => {
    const known = said[sentence];
    if (known !== undefined) return known;
    for (const { shape, names, words } of patterns) {
      const found = shape.exec(sentence);
      if (found) return words.replace(/\{(\w+)\}/g, (whole, name) => found[names.indexOf(name) + 1] ?? whole);
    }
    return sentence;
  };
}

function nameOf(tag: string, language: string | undefined): string | undefined {
  if (!language) return undefined;
  try {
    return new Intl.DisplayNames(tag, { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
