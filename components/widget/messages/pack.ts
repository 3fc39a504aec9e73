import type { CompiledMessage } from "icu-minify/format";
import type { Locale } from "../locales.ts";
import type { MessageKey } from "./en.ts";

/** One language's words, ready to be put together: what a page or a change of language brings, as JSON. */
export type WordsPack = {
  locale: Locale;
  /** What numbers and times follow. */
  tag: string;
  messages: Readonly<Record<MessageKey, CompiledMessage>>;
  /** By the English sentence; empty in English. */
  said: Readonly<Record<string, string>>;
};
