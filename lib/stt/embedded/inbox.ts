import { concatSamples, FRAME_SAMPLES } from "../audio-format.ts";

/** What a stream brought and nobody has listened to yet, in order. */
export type InboxEntry =
  | { kind: "audio"; samples: Int16Array }
  /** Audio that had to be thrown away here. */
  | { kind: "lost"; length: number }
  /** Something to do once everything before it is done. */
  | { kind: "mark"; run: () => void };

/** Audio waits here for the voice detector; beyond `limit` samples the oldest is thrown away and remembered as lost. */
export class Inbox {
  readonly #limit: number;
  #entries: InboxEntry[] = [];
  #waiting = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  push(samples: Int16Array): void {
    this.#entries.push({ kind: "audio", samples });
    this.#waiting += samples.length;
    if (this.#waiting > this.#limit) this.#lose(this.#waiting - this.#limit);
  }

  mark(run: () => void): void {
    this.#entries.push({ kind: "mark", run });
  }

  /** Up to `most` whole frames; fewer than a frame stays, unless something else than audio follows. */
  takeFrames(most: number): Int16Array {
    const parts: Int16Array[] = [];
    let wanted = Math.min(most, Math.floor(this.#contiguous() / FRAME_SAMPLES)) * FRAME_SAMPLES;
    while (wanted > 0) {
      const part = this.#takeUpTo(wanted);
      parts.push(part);
      wanted -= part.length;
    }
    return concatSamples(parts);
  }

  /** What lies before the next frame that must be dealt with first: a mark, a loss, the odd end of audio before one. */
  takeInterruption(): InboxEntry | undefined {
    const length = this.#contiguous();
    const followed = this.#entries.some(({ kind }) => kind !== "audio");
    if (length >= FRAME_SAMPLES || !followed) return undefined;
    if (length > 0) return { kind: "audio", samples: this.#takeUpTo(length) };
    return this.#entries.shift();
  }

  takeAll(): InboxEntry[] {
    this.#waiting = 0;
    return this.#entries.splice(0);
  }

  #contiguous(): number {
    let length = 0;
    for (const entry of this.#entries) {
      if (entry.kind !== "audio") break;
      length += entry.samples.length;
    }
    return length;
  }

  #takeUpTo(length: number): Int16Array {
    const first = this.#entries[0];
    if (first?.kind !== "audio") return new Int16Array();
    const part = first.samples.subarray(0, length);
    if (part.length === first.samples.length) this.#entries.shift();
    else first.samples = first.samples.subarray(part.length);
    this.#waiting -= part.length;
    return part;
  }

  #lose(excess: number): void {
    let left = excess;
    for (let at = 0; left > 0 && at < this.#entries.length; at++) {
      const entry = this.#entries[at];
      if (entry?.kind !== "audio") continue;
      const length = Math.min(left, entry.samples.length);
      left -= length;
      this.#waiting -= length;
      entry.samples = entry.samples.subarray(length);
      const previous = this.#entries[at - 1];
      if (previous?.kind === "lost") previous.length += length;
      else this.#entries.splice(at++, 0, { kind: "lost", length });
      if (entry.samples.length === 0) this.#entries.splice(at--, 1);
    }
  }
}
