import { redactPayload } from "./redact.ts";

const WORD = /[\p{L}\p{N}]+/gu;
const LONGEST_WORD = 40;
const MOST_WORDS = 600;
const MOST_ASKED = 12;

/**
 * The words of payloads, after redaction, each once: what was redacted is no word and cannot be searched for. Only
 * texts count; numbers and the names of fields do not.
 */
export function searchWords(...payloads: readonly unknown[]): string[] {
  const words = new Set<string>();
  for (const payload of payloads) collect(redactPayload(payload), words);
  return [...words];
}

/** What someone types, as the words that all must be there, each as a beginning; undefined where it holds none. */
export function searchQuery(typed: string): string | undefined {
  const words = split(typed).slice(0, MOST_ASKED);
  return words.length === 0 ? undefined : words.map((word) => `'${word}':*`).join(" & ");
}

function collect(value: unknown, words: Set<string>): void {
  if (words.size >= MOST_WORDS) return;
  if (typeof value === "string") {
    for (const word of split(value)) if (words.size < MOST_WORDS) words.add(word);
  } else if (value !== null && typeof value === "object") {
    for (const item of Object.values(value)) collect(item, words);
  }
}

function split(text: string): string[] {
  return [...text.toLowerCase().matchAll(WORD)].map(([word]) => word.slice(0, LONGEST_WORD));
}
