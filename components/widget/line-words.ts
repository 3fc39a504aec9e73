import type { MessageKey } from "./messages/en.ts";
import type { Words } from "./words.ts";

type Said = Pick<Words, "t" | "languageName">;

const isKey = (key: string): key is MessageKey => Object.hasOwn(KNOWN, key);
/** What the server may name by a code. A code that is newer than this widget is shown as it reads. */
const KNOWN: Readonly<Partial<Record<MessageKey, true>>> = {
  "gap.recognizer_behind": true,
  "gap.recognizer_failed": true,
  "gap.platform_discarded": true,
  "notice.recognizer_failed": true,
  "notice.recognizer_recovered": true,
};

/** "12 s not transcribed: recognizer behind" */
export function gapWords({ t }: Said, durationMs: number, reason: string): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  if (reason === "paused") return t("gap.paused", { seconds });
  const key = `gap.${reason}`;
  return t("gap.lost", { seconds, reason: isKey(key) ? t(key) : reason.replaceAll("_", " ") });
}

export function noticeWords({ t, languageName }: Said, code: string, language?: string): string {
  if (code === "language_unsupported")
    return t("notice.language_unsupported", { language: languageName(language) });
  const key = `notice.${code}`;
  return isKey(key) ? t(key) : code.replaceAll("_", " ");
}

/** 03:12, and 1:03:12 from an hour on. */
export function elapsedWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${two(minutes)}:${two(seconds % 60)}`;
}
