import { randomUUID } from "node:crypto";
import type { Recognition, SpokenWord } from "../speech-engine.ts";
import type { WireResult } from "./wire.ts";

/** Services that do not say where speech began tell of it about this late. */
const FIRST_WORDS_MS = 1000;
/** Somebody who never pauses is written down in utterances of about this length. */
const LONGEST_UTTERANCE_MS = 20_000;

type Part = Required<Pick<WireResult, "text" | "startMs" | "endMs">> &
  Pick<WireResult, "confidence" | "words">;

/** One utterance as it grows: its final parts so far, and what the rest seems to be. Times are the stream's. */
export class Assembly {
  readonly #id = randomUUID();
  readonly #parts: Part[] = [];
  #guess: Part | undefined;
  /** Where the utterance begins, as far as is known; the first guess stays. */
  #startMs: number | undefined;

  /** Nothing of it was ever said or guessed. */
  get isEmpty(): boolean {
    return this.#parts.length === 0 && !this.#guess;
  }

  get startMs(): number | undefined {
    return this.#startMs;
  }

  get isLong(): boolean {
    const last = this.#parts.at(-1);
    return last !== undefined && last.endMs - (this.#startMs ?? 0) >= LONGEST_UTTERANCE_MS;
  }

  /** `baseMs` is where the connection's time begins in the stream, `afterMs` where the last final ended. */
  add(result: WireResult, baseMs: number, afterMs: number): void {
    const text = result.text.trim();
    if (result.final) this.#guess = undefined;
    if (text === "") return;
    const words = result.words?.map((word) => ({
      ...word,
      startMs: baseMs + word.startMs,
      endMs: baseMs + word.endMs,
    }));
    const endMs = baseMs + result.endMs;
    const told = result.startMs === undefined ? undefined : baseMs + result.startMs;
    const startMs = words?.[0]?.startMs ?? told ?? this.#startMs ?? Math.max(afterMs, endMs - FIRST_WORDS_MS);
    const { confidence } = result;
    const part = {
      text,
      startMs,
      endMs,
      ...(words && { words }),
      ...(confidence !== undefined && { confidence }),
    };
    if (result.final) this.#parts.push(part);
    else this.#guess = part;
    this.#startMs = this.#parts[0]?.startMs ?? startMs;
  }

  /** Everything so far, guesses included. */
  interim(): Recognition | undefined {
    return this.#recognition(this.#guess ? [...this.#parts, this.#guess] : this.#parts);
  }

  /** What is certain; undefined when nothing is. */
  final(): Recognition | undefined {
    const recognition = this.#recognition(this.#parts);
    const weighed = this.#parts.filter(({ confidence }) => confidence !== undefined);
    if (!recognition || weighed.length === 0) return recognition;
    const total = weighed.reduce((sum, { text }) => sum + text.length, 0);
    const sum = weighed.reduce((all, { text, confidence = 0 }) => all + text.length * confidence, 0);
    return { ...recognition, confidence: Math.min(1, Math.max(0, sum / total)) };
  }

  #recognition(parts: readonly Part[]): Recognition | undefined {
    const last = parts.at(-1);
    if (!last) return undefined;
    const startMs = Math.round(this.#startMs ?? last.startMs);
    const words = ascending(parts.flatMap((part) => part.words ?? []));
    return {
      utteranceId: this.#id,
      text: parts.map(({ text }) => text).join(" "),
      startMs,
      durationMs: Math.max(0, Math.round(words.at(-1)?.endMs ?? last.endMs) - startMs),
      ...(words.length > 0 && { words }),
    };
  }
}

/** Whole milliseconds, each word beginning later than the one before: some services let two begin at once. */
function ascending(words: readonly SpokenWord[]): SpokenWord[] {
  const ordered: SpokenWord[] = [];
  for (const word of words) {
    const startMs = Math.max(Math.round(word.startMs), (ordered.at(-1)?.startMs ?? -1) + 1);
    ordered.push({ ...word, startMs, endMs: Math.max(startMs, Math.round(word.endMs)) });
  }
  return ordered;
}
