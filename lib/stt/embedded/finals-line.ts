import { toMs, toSamples } from "../audio-format.ts";
import type { SpeechGap, SpeechHandlers } from "../speech-engine.ts";
import type { Transcript } from "./moonshine.ts";

/** One utterance on its way out. Positions are samples. */
export type Place = {
  utteranceId: string;
  start: number;
  end: number;
  /** Set once: what came of it. "nothing" is audio in which nobody said anything. */
  outcome?: Transcript | "nothing" | SpeechGap["reason"];
  /** Its beginning up to here waited too long and was given up. */
  givenUpTo?: number;
  /** A decoder has it; what waits cannot be given up while it is being worked on. */
  running: boolean;
};

const WAITING_LIMIT_SAMPLES = toSamples(30_000);
/** What is left of an utterance must be long enough to hold a word. */
const SHORTEST_REST_SAMPLES = toSamples(500);

/** Finals and gaps of one stream, handed out in the order of the audio whatever order they are done in. */
export class FinalsLine {
  readonly #handlers: SpeechHandlers;
  readonly #limit: number;
  #places: Place[] = [];
  #idle: (() => void)[] = [];

  constructor(handlers: SpeechHandlers, limitSamples = WAITING_LIMIT_SAMPLES) {
    this.#handlers = handlers;
    this.#limit = limitSamples;
  }

  join(place: Place): void {
    this.#places.push(place);
  }

  settle(place: Place, outcome: NonNullable<Place["outcome"]>): void {
    place.outcome ??= outcome;
    this.#handOut();
  }

  /** Gives up what has waited too long, as the stream stands at `position`. */
  expire(position: number): void {
    const horizon = position - this.#limit;
    for (const place of this.#places) {
      if (!place.outcome && !place.running && place.end <= horizon) place.outcome = "recognizer_behind";
    }
    this.#handOut();
  }

  /** Where the audio of a waiting place begins, now that a decoder is free for it; undefined when it came too late. */
  claim(place: Place, position: number): number | undefined {
    if (place.outcome) return undefined;
    const from = Math.max(place.start, Math.min(place.end, position - this.#limit));
    if (from > place.start && place.end - from < SHORTEST_REST_SAMPLES) {
      this.settle(place, "recognizer_behind");
      return undefined;
    }
    if (from > place.start) place.givenUpTo = from;
    place.running = true;
    return from;
  }

  /** Nobody will wait for these any more. */
  giveUp(): void {
    for (const place of this.#places) place.outcome ??= "recognizer_behind";
    this.#handOut();
  }

  /** Resolves when everything that is in line now is out. */
  whenEmpty(): Promise<void> {
    if (this.#places.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #handOut(): void {
    for (let place = this.#places[0]; place?.outcome; place = this.#places[0]) {
      this.#places.shift();
      this.#report(place, place.outcome);
    }
    if (this.#places.length > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #report(place: Place, outcome: NonNullable<Place["outcome"]>): void {
    if (outcome === "nothing") return;
    if (typeof outcome === "string") {
      this.#gap(place.start, place.end, outcome);
      return;
    }
    const start = place.givenUpTo ?? place.start;
    if (place.givenUpTo) this.#gap(place.start, place.givenUpTo, "recognizer_behind");
    this.#handlers.onFinal({
      utteranceId: place.utteranceId,
      text: outcome.text,
      confidence: outcome.confidence,
      ...span(start, place.end),
    });
  }

  #gap(start: number, end: number, reason: SpeechGap["reason"]): void {
    this.#handlers.onGap({ ...span(start, end), reason });
  }
}

/** Rounded at both ends, so that neighbouring stretches neither overlap nor leave a hole. */
function span(start: number, end: number): { startMs: number; durationMs: number } {
  return { startMs: toMs(start), durationMs: toMs(end) - toMs(start) };
}
