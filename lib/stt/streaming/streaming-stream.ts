import { toSamples } from "../audio-format.ts";
import type { SpeechHandlers, SpeechStream } from "../speech-engine.ts";
import { Leg, type LegEvents, type RetryTimes } from "./leg.ts";
import type { OpenWire } from "./wire.ts";

/** When a connection is replaced by the next because the service will not keep it, in audio sent on it. */
export type Rotation = {
  /** From here on at the next pause between utterances. */
  softMs: number;
  /** From here on at the next quiet moment. */
  quietMs: number;
  /** Wherever the talk is. */
  hardMs: number;
};

export type StreamingParts = {
  handlers: SpeechHandlers;
  openWire: OpenWire;
  retry: RetryTimes;
  /** Audio that waits longer than this for the service is given up. */
  waitingLimitMs: number;
  rotation?: Rotation | undefined;
  onClosed: () => void;
};

/** Quieter than somebody who is speaking; 16-bit samples. */
const QUIET_MEAN_SQUARE = 150 ** 2;

type Place = { leg: Leg; waiting: (() => void)[]; done: boolean };

/**
 * One party's audio on its way to a service. Each skip, flush and rotation begins a new leg; while an older one is
 * still being answered, the finals and gaps of the next ones wait, so that all come in the order of the audio.
 */
export class StreamingStream implements SpeechStream {
  readonly #parts: StreamingParts;
  readonly #handlers: SpeechHandlers;
  readonly #failing = new Set<Leg>();
  #places: Place[] = [];
  #idle: (() => void)[] = [];
  #received = 0;
  #closed = false;

  constructor(parts: StreamingParts) {
    this.#parts = parts;
    this.#handlers = parts.handlers;
    // At once and not with the first sound: whoever waits for `onReady` hears soon that the service is away.
    this.#begin();
  }

  push(samples: Int16Array): void {
    if (this.#closed || samples.length === 0) return;
    this.#rotate(samples);
    (this.#current() ?? this.#begin()).push(samples.slice());
    this.#received += samples.length;
    const horizon = this.#received - toSamples(this.#parts.waitingLimitMs);
    for (const { leg } of [...this.#places]) leg.expire(horizon);
  }

  skipTo(positionMs: number): void {
    const position = toSamples(positionMs);
    if (this.#closed || position <= this.#received) return;
    const leg = this.#current();
    if (leg?.isUntouched) leg.startAt(position);
    else leg?.seal();
    this.#received = position;
  }

  async flush(timeoutMs: number): Promise<void> {
    if (this.#closed) return;
    this.#current()?.seal();
    if (this.#places.length === 0) return;
    const legs = this.#places.map(({ leg }) => leg);
    const timer = setTimeout(() => {
      for (const leg of legs) leg.giveUp();
    }, timeoutMs);
    await new Promise<void>((resolve) => this.#idle.push(resolve));
    clearTimeout(timer);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { leg } of this.#places.splice(0)) leg.destroy();
    for (const resolve of this.#idle.splice(0)) resolve();
    this.#parts.onClosed();
  }

  #current(): Leg | undefined {
    const leg = this.#places.at(-1)?.leg;
    return leg && !leg.sealed ? leg : undefined;
  }

  #begin(): Leg {
    const { openWire, retry } = this.#parts;
    const waiting: (() => void)[] = [];
    const place: { leg?: Leg; waiting: (() => void)[]; done: boolean } = { waiting, done: false };
    const inTurn = (tell: () => void) => {
      if (this.#closed) return;
      if (this.#places[0]?.waiting === waiting) tell();
      else waiting.push(tell);
    };
    const events: LegEvents = {
      onInterim: (recognition) => {
        if (this.#places[0]?.waiting === waiting) this.#handlers.onInterim(recognition);
      },
      onFinal: (recognition) => inTurn(() => this.#handlers.onFinal(recognition)),
      onGap: (gap) => inTurn(() => this.#handlers.onGap(gap)),
      onReady: () => this.#handlers.onReady?.(),
      onHealth: (healthy, reason) => this.#health(place.leg, healthy, reason),
      onDone: () => {
        place.done = true;
        this.#advance();
      },
    };
    const leg = new Leg({ start: this.#received, openWire, events, retry });
    this.#places.push(Object.assign(place, { leg }));
    return leg;
  }

  /** The legs that are done make room; what waited behind them goes out. */
  #advance(): void {
    while (this.#places[0]?.done) {
      this.#places.shift();
      for (const tell of this.#places[0]?.waiting.splice(0) ?? []) tell();
    }
    if (this.#places.some(({ leg }) => leg.sealed)) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #health(leg: Leg | undefined, healthy: boolean, reason: string | undefined): void {
    if (!leg || this.#closed) return;
    const before = this.#failing.size;
    if (healthy) this.#failing.delete(leg);
    else this.#failing.add(leg);
    const after = this.#failing.size;
    if (before === 0 && after > 0) this.#handlers.onHealth(false, reason);
    if (before > 0 && after === 0) this.#handlers.onHealth(true);
  }

  #rotate(next: Int16Array): void {
    const { rotation } = this.#parts;
    const leg = this.#current();
    if (!rotation || !leg) return;
    const ms = leg.onWireMs;
    const due =
      ms >= rotation.hardMs ||
      (ms >= rotation.quietMs && isQuiet(next)) ||
      (ms >= rotation.softMs && leg.resting && isQuiet(next));
    if (due) leg.seal();
  }
}

function isQuiet(samples: Int16Array): boolean {
  const total = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return total < QUIET_MEAN_SQUARE * samples.length;
}
