import { toMs } from "../audio-format.ts";
import type { SpeechGap, SpeechHandlers } from "../speech-engine.ts";
import { Assembly } from "./assembly.ts";
import { KeptAudio } from "./kept-audio.ts";
import type { OpenWire, Wire, WireEvents, WireProblem, WireResult } from "./wire.ts";

export type LegEvents = Pick<SpeechHandlers, "onInterim" | "onFinal" | "onGap"> & {
  /** The service is away, or back; a connection that is replaced at once is no news. */
  onHealth(healthy: boolean, reason?: string): void;
  onReady(): void;
  /** Once, last: nothing more comes of this leg's audio. */
  onDone(): void;
};

export type RetryTimes = {
  /** First wait before a lost connection is opened again; doubles. */
  firstMs: number;
  longestMs: number;
  /** Wait after a refusal that will probably be repeated. */
  refusedMs: number;
};

type LegParts = { start: number; openWire: OpenWire; events: LegEvents; retry: RetryTimes };

/** Lost audio is told in pieces of about this length while it goes on. */
const TOLD_GAP_MS = 10_000;
/** How often a leg that takes no more audio is tried again. */
const MOST_CLOSING_ATTEMPTS = 4;

/**
 * A stretch of audio without a hole, and the connections that it goes through. What a connection had not answered
 * when it was lost is sent again on the next one: nothing is lost and nothing said twice. Positions are samples.
 */
export class Leg {
  readonly #parts: LegParts;
  #kept: KeptAudio;
  #wire: Wire | undefined;
  /** Where the time of the current connection begins. */
  #base: number;
  /** Where the last final ended. */
  #answered: number;
  #utterance = new Assembly();
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #closingAttempts = 0;
  #everReady = false;
  #healthy = true;
  #sealed = false;
  #done = false;
  #gap: { start: number; end: number; reason: SpeechGap["reason"] } | undefined;

  constructor(parts: LegParts) {
    this.#parts = parts;
    this.#kept = new KeptAudio(parts.start);
    this.#base = parts.start;
    this.#answered = parts.start;
    this.#open();
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  /** Between two utterances, as far as is known. */
  get resting(): boolean {
    return this.#utterance.isEmpty;
  }

  /** How much audio the current connection has had. */
  get onWireMs(): number {
    return this.#wire ? toMs(this.#kept.end - this.#base) : 0;
  }

  push(samples: Int16Array): void {
    this.#kept.push(samples);
    if (this.#wire) this.#wire.send(samples);
    else if (!this.#retry) this.#open();
  }

  /** The first audio will come at `position`; only before any came. */
  startAt(position: number): void {
    this.#kept = new KeptAudio(position);
    this.#base = position;
    this.#answered = position;
  }

  get isUntouched(): boolean {
    return this.#kept.end === this.#parts.start;
  }

  /** No more audio comes; what came is brought out. */
  seal(): void {
    if (this.#sealed) return;
    this.#sealed = true;
    if (this.#wire) this.#wire.finish();
    else if (this.#kept.isEmpty) this.#finish();
  }

  /** Gives up what has waited too long for a service that is away; only forgets it where one listens. */
  expire(horizon: number): void {
    if (this.#done || this.#kept.start >= horizon) return;
    if (this.#wire) {
      if (this.#everReady) this.#kept.forgetBefore(horizon);
      return;
    }
    this.#lose(horizon, "recognizer_failed");
    if (this.#sealed && this.#kept.isEmpty) this.#finish();
  }

  /** Time is up: what is certain goes out, the rest is a gap. */
  giveUp(reason: SpeechGap["reason"] = "recognizer_behind"): void {
    if (this.#done) return;
    this.#dropWire();
    this.#settle();
    this.#lose(this.#kept.end, reason);
    this.#finish();
  }

  destroy(): void {
    this.#done = true;
    this.#dropWire();
    clearTimeout(this.#retry);
  }

  #open(): void {
    this.#retry = undefined;
    this.#tellGap();
    this.#base = this.#kept.start;
    this.#answered = this.#base;
    let current: Wire | undefined;
    const live = () => !this.#done && (current === undefined || this.#wire === current);
    const events: WireEvents = {
      onReady: () => live() && this.#ready(),
      onResult: (result) => live() && this.#result(result),
      onUtteranceEnd: () => live() && this.#settle(),
      onEnd: (problem) => {
        if (live()) this.#ended(problem);
      },
    };
    current = this.#parts.openWire(events);
    this.#wire = current;
    for (const piece of this.#kept.pieces) current.send(piece);
    if (this.#sealed) current.finish();
  }

  #ready(): void {
    this.#everReady = true;
    this.#setHealth(true);
    this.#parts.events.onReady();
  }

  #result(result: WireResult): void {
    this.#failures = 0;
    this.#utterance.add(result, toMs(this.#base), toMs(this.#answered));
    if (result.final) {
      const end = Math.min(this.#kept.end, this.#base + Math.round(result.endMs * 8));
      this.#answered = Math.max(this.#answered, end);
      this.#kept.forgetBefore(end);
    }
    if (result.endsUtterance || (result.final && this.#utterance.isLong)) this.#settle();
    else if (!result.final || result.text.trim() !== "") this.#tellInterim();
  }

  #tellInterim(): void {
    const interim = this.#utterance.interim();
    if (interim) this.#parts.events.onInterim(interim);
  }

  /** Whatever is certain of the running utterance is a final now. */
  #settle(): void {
    const final = this.#utterance.final();
    this.#utterance = new Assembly();
    if (final) this.#parts.events.onFinal(final);
  }

  #ended(problem: WireProblem | undefined): void {
    this.#wire = undefined;
    const guessedFrom = this.#utterance.interim()?.startMs;
    this.#settle();
    if (this.#sealed && (!problem || this.#kept.isEmpty)) {
      this.#finish();
      return;
    }
    // Nobody speaks and nothing is owed: the next sound opens it again.
    if (this.#kept.isEmpty && this.#everReady) return;
    this.#noteForgotten(guessedFrom);
    this.#failures += 1;
    if (this.#sealed) this.#closingAttempts += 1;
    if (this.#closingAttempts >= MOST_CLOSING_ATTEMPTS) {
      this.giveUp("recognizer_failed");
      return;
    }
    if (problem && (this.#failures > 1 || !this.#everReady)) this.#setHealth(false, problem.message);
    this.#retry = setTimeout(() => this.#open(), this.#waitMs(problem));
  }

  #waitMs(problem: WireProblem | undefined): number {
    const { firstMs, longestMs, refusedMs } = this.#parts.retry;
    if (problem && !problem.retryable) return refusedMs;
    return Math.min(longestMs, firstMs * 2 ** Math.min(this.#failures - 1, 10));
  }

  /** Of an utterance that was cut off, the beginning may be too long ago to be sent again. */
  #noteForgotten(guessedFromMs: number | undefined): void {
    if (guessedFromMs === undefined) return;
    const from = Math.max(this.#answered, guessedFromMs * 8);
    const end = this.#kept.start;
    if (from < end) this.#gap = { start: from, end, reason: "recognizer_failed" };
  }

  #lose(until: number, reason: SpeechGap["reason"]): void {
    const { start } = this.#kept;
    this.#kept.forgetBefore(until);
    const end = this.#kept.start;
    if (end > start) this.#gap = { start: this.#gap?.start ?? start, end, reason };
    if (this.#gap && toMs(this.#gap.end - this.#gap.start) >= TOLD_GAP_MS) this.#tellGap();
  }

  #tellGap(): void {
    const gap = this.#gap;
    this.#gap = undefined;
    if (!gap) return;
    const startMs = toMs(gap.start);
    this.#parts.events.onGap({ startMs, durationMs: toMs(gap.end) - startMs, reason: gap.reason });
  }

  #setHealth(healthy: boolean, reason?: string): void {
    if (this.#healthy === healthy) return;
    this.#healthy = healthy;
    this.#parts.events.onHealth(healthy, reason);
  }

  #dropWire(): void {
    const wire = this.#wire;
    this.#wire = undefined;
    clearTimeout(this.#retry);
    wire?.destroy();
  }

  #finish(): void {
    if (this.#done) return;
    this.#done = true;
    clearTimeout(this.#retry);
    this.#tellGap();
    this.#setHealth(true);
    this.#parts.events.onDone();
  }
}
