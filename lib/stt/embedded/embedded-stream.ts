import { FRAME_SAMPLES, toSamples } from "../audio-format.ts";
import type { SpeechHandlers, SpeechStream } from "../speech-engine.ts";
import type { DecodeQueue } from "./decode-queue.ts";
import { FinalsLine } from "./finals-line.ts";
import { Inbox } from "./inbox.ts";
import { type SegmentEvent, Segmenter, type SegmentLimits } from "./segmenter.ts";
import { Timeline } from "./timeline.ts";
import { Utterance } from "./utterance.ts";
import type { VoiceListener, VoiceSource } from "./voice-listener.ts";

export type EmbeddedStreamParts = {
  id: number;
  handlers: SpeechHandlers;
  queue: DecodeQueue;
  listener: VoiceListener;
  limits: SegmentLimits;
  interims: boolean;
  /** How much audio may wait for the recognizer. */
  waitingLimitMs: number;
  onClosed: (stream: EmbeddedStream) => void;
};

function meanSquare(samples: Int16Array): number {
  return samples.reduce((total, sample) => total + sample * sample, 0) / samples.length;
}

/** One party's audio on its way: inbox, voice detector, segments, decoders, line of finals. */
export class EmbeddedStream implements SpeechStream, VoiceSource {
  readonly id: number;
  readonly #parts: EmbeddedStreamParts;
  readonly #handlers: SpeechHandlers;
  readonly #inbox: Inbox;
  readonly #line: FinalsLine;
  readonly #segmenter: Segmenter;
  readonly #timeline = new Timeline();
  #utterance: Utterance | undefined;
  /** End of all audio and skips so far; the inbox holds what lies between the timeline's end and this. */
  #received = 0;
  /** Samples that the detector has and has not answered yet. */
  #withDetector = 0;
  #closed = false;

  constructor(parts: EmbeddedStreamParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#inbox = new Inbox(toSamples(parts.waitingLimitMs));
    this.#handlers = this.#whileOpen(parts.handlers);
    this.#line = new FinalsLine(this.#handlers, toSamples(parts.waitingLimitMs));
    this.#segmenter = new Segmenter(parts.limits);
    parts.listener.add(this);
  }

  push(samples: Int16Array): void {
    if (this.#closed || samples.length === 0) return;
    this.#inbox.push(samples.slice());
    this.#received += samples.length;
    this.#line.expire(this.#received);
    this.#parts.listener.wake();
  }

  skipTo(positionMs: number): void {
    const position = toSamples(positionMs);
    if (this.#closed || position <= this.#received) return;
    this.#received = position;
    this.#inbox.mark(() => this.#jump(position));
    this.#interrupt();
  }

  async flush(timeoutMs: number): Promise<void> {
    if (this.#closed) return;
    const ended = Promise.withResolvers<void>();
    this.#inbox.mark(() => {
      this.#apply(this.#segmenter.end(this.#timeline.end));
      ended.resolve();
    });
    this.#interrupt();
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#giveUp();
      late.resolve();
    }, timeoutMs);
    await Promise.race([ended.promise.then(() => this.#line.whenEmpty()), late.promise]);
    clearTimeout(timer);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#utterance?.abandon();
    this.#parts.listener.remove(this);
    // Whoever waits in `flush` is let go; the handlers hear nothing of it.
    this.#giveUp();
    this.#parts.onClosed(this);
  }

  health(healthy: boolean): void {
    this.#handlers.onHealth(healthy);
  }

  takeFrames(most: number): Int16Array {
    this.#interrupt();
    const samples = this.#inbox.takeFrames(most);
    this.#withDetector = samples.length;
    return samples;
  }

  heard(samples: Int16Array, probabilities: Float32Array): void {
    // They were given up meanwhile.
    if (this.#withDetector === 0) return;
    this.#withDetector = 0;
    const before = this.#timeline.end;
    this.#timeline.append(samples);
    for (let at = 0; at < probabilities.length; at++) {
      const frame = samples.subarray(at * FRAME_SAMPLES, (at + 1) * FRAME_SAMPLES);
      const start = before + at * FRAME_SAMPLES;
      const probability = probabilities[at] ?? 0;
      this.#apply(this.#segmenter.advance({ start, probability, energy: meanSquare(frame) }));
    }
    this.#line.expire(this.#received);
    this.#grown();
    this.#timeline.forgetBefore(this.#segmenter.keepFrom(this.#timeline.end));
    this.#interrupt();
  }

  #grown(): void {
    const { start, voicedMs } = this.#segmenter;
    if (!this.#parts.interims || start === undefined) return;
    this.#utterance?.grown({ start, end: this.#timeline.end, voicedMs });
  }

  #apply(events: readonly SegmentEvent[]): void {
    for (const event of events) {
      switch (event.kind) {
        case "started":
          this.#utterance = this.#begin(event.start);
          break;
        case "paused":
          this.#utterance?.paused(event.stretch);
          break;
        case "resumed":
          this.#utterance?.resumed();
          break;
        case "ended":
          this.#utterance?.ended(event.stretch);
          this.#utterance = undefined;
          break;
      }
    }
  }

  #begin(start: number): Utterance {
    return new Utterance(start, {
      queue: this.#parts.queue,
      line: this.#line,
      audio: (from, to) => this.#timeline.slice(from, to),
      received: () => this.#received,
      onInterim: (recognition) => this.#handlers.onInterim(recognition),
    });
  }

  /** Deals with marks and losses that have come to the front of the inbox. */
  #interrupt(): void {
    while (this.#withDetector === 0) {
      const entry = this.#inbox.takeInterruption();
      if (!entry) return;
      if (entry.kind === "audio") this.#timeline.append(entry.samples);
      else if (entry.kind === "mark") entry.run();
      else this.#lose(this.#timeline.end, this.#timeline.end + entry.length);
    }
  }

  #jump(position: number): void {
    this.#apply(this.#segmenter.end(this.#timeline.end));
    this.#segmenter.end(position);
    this.#timeline.jumpTo(position);
    this.#parts.listener.forget(this);
  }

  #lose(start: number, end: number): void {
    this.#jump(end);
    const place = { utteranceId: "", start, end, running: false };
    this.#line.join(place);
    this.#line.settle(place, "recognizer_behind");
  }

  /** Time is up: what is not out by now is reported as lost, in order. */
  #giveUp(): void {
    this.#apply(this.#segmenter.end(this.#timeline.end));
    this.#line.giveUp();
    let unheard = this.#withDetector;
    this.#withDetector = 0;
    const report = () => {
      if (unheard > 0) this.#lose(this.#timeline.end, this.#timeline.end + unheard);
      unheard = 0;
    };
    for (const entry of this.#inbox.takeAll()) {
      if (entry.kind === "mark") {
        report();
        entry.run();
      } else {
        unheard += entry.kind === "audio" ? entry.samples.length : entry.length;
      }
    }
    report();
  }

  /** Handlers that fall silent with the stream. */
  #whileOpen(handlers: SpeechHandlers): SpeechHandlers {
    const guard =
      <T>(handle: (value: T) => void) =>
      (value: T) => {
        if (!this.#closed) handle(value);
      };
    return {
      onInterim: guard((value) => handlers.onInterim(value)),
      onFinal: guard((value) => handlers.onFinal(value)),
      onGap: guard((value) => handlers.onGap(value)),
      onHealth: guard((value) => handlers.onHealth(value)),
    };
  }
}
