import { randomUUID } from "node:crypto";
import { SAMPLE_RATE } from "#/lib/audiohook/duration.ts";
import { derivedId } from "#/lib/kernel/derived-id.ts";
import type {
  Recognition,
  SpeechEngine,
  SpeechGap,
  SpeechHandlers,
  SpeechStream,
} from "#/lib/stt/speech-engine.ts";
import { retryDelay, settledWithin } from "./timings.ts";

/** How much audio waits for a recognizer that cannot be opened. */
const MOST_WAITING_SAMPLES = 30 * SAMPLE_RATE;
/** Lost audio is told in pieces of about this length while it goes on, and at its end. */
const TOLD_GAP_MS = 10_000;
/** After a pause results have as long as audio may wait: a recognizer may count the rest as lost. */
const PAUSE_FLUSH_MS = 30_000;
/** A recognizer tells what it could not finish when its own time is up; ours ends a little later. */
const FLUSH_MARGIN_MS = 250;
/** Below this, two offsets are the same instant. */
const SAME_INSTANT_MS = 1;

type Chunk = { offsetMs: number; samples: Int16Array };

export type FeedOptions = {
  engine: SpeechEngine;
  /** One of the engine's; its default where left out. */
  language?: string;
  handlers: SpeechHandlers;
  retryMs: number;
  flushMs: number;
};

const lengthMs = (samples: Int16Array) => (samples.length * 1000) / SAMPLE_RATE;

/**
 * One party's audio on its way to the recognizer. It takes audio from the first moment and opens the
 * recognizer later, so that a slow or broken one never holds up the socket's reader.
 */
export class RecognizerFeed {
  readonly #options: FeedOptions;
  #waiting: Chunk[] = [];
  #waitingSamples = 0;
  #stream: SpeechStream | undefined;
  #streamAtMs = 0;
  #opening: NodeJS.Immediate | NodeJS.Timeout | undefined;
  #failures = 0;
  #gap: SpeechGap | undefined;
  #retired: Promise<void>[] = [];
  #finished = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#opening = setImmediate(() => this.#open());
  }

  push(offsetMs: number, samples: Int16Array): void {
    if (this.#finished) return;
    if (this.#stream && this.#feed(this.#stream, { offsetMs, samples })) return;
    this.#waiting.push({ offsetMs, samples });
    this.#waitingSamples += samples.length;
    while (this.#waitingSamples > MOST_WAITING_SAMPLES) this.#loseOldest();
  }

  /** Audio goes on at `toMs`. Recognizers only know forwards; for a step back a new one starts. */
  jump(toMs: number): void {
    if (!this.#stream || this.#finished) return;
    if (toMs < this.#streamAtMs - SAME_INSTANT_MS) {
      this.#retire(this.#stream);
      this.#opening = setImmediate(() => this.#open());
      return;
    }
    this.#guarded(this.#stream, (stream) => stream.skipTo(toMs));
    this.#streamAtMs = toMs;
  }

  /** What was said so far is a whole utterance; more may come. */
  endUtterance(): void {
    if (!this.#stream || this.#finished) return;
    this.#guarded(this.#stream, (stream) => {
      stream.flush(PAUSE_FLUSH_MS).catch(() => undefined);
    });
  }

  /** Brings out every final it can within the time, then frees the recognizer. True: it was in time. */
  async finish(): Promise<boolean> {
    if (this.#finished) return true;
    this.#stopOpening();
    if (!this.#stream && this.#waiting.length > 0) this.#open();
    this.#stopOpening();
    this.#finished = true;
    while (this.#waiting.length > 0) this.#loseOldest();
    this.#tellGap();
    if (this.#stream) this.#retire(this.#stream);
    return await settledWithin(Promise.all(this.#retired), this.#options.flushMs + 2 * FLUSH_MARGIN_MS);
  }

  #open(): void {
    this.#stopOpening();
    let stream: SpeechStream;
    try {
      stream = this.#options.engine.open(this.#handlers(), this.#options.language);
    } catch {
      this.#fail();
      return;
    }
    this.#stream = stream;
    this.#streamAtMs = 0;
    this.#tellGap();
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingSamples = 0;
    for (const chunk of waiting) this.push(chunk.offsetMs, chunk.samples);
  }

  /** Ids are made unique across recognizers: engines may number their utterances from one. */
  #handlers(): SpeechHandlers {
    const { handlers } = this.#options;
    const salt = randomUUID();
    const own = (recognition: Recognition): Recognition => ({
      ...recognition,
      utteranceId: derivedId(salt, recognition.utteranceId),
    });
    return {
      onInterim: (recognition) => handlers.onInterim(own(recognition)),
      onFinal: (recognition) => handlers.onFinal(own(recognition)),
      onGap: handlers.onGap,
      onHealth: handlers.onHealth,
    };
  }

  #feed(stream: SpeechStream, { offsetMs, samples }: Chunk): boolean {
    const fed = this.#guarded(stream, () => {
      if (offsetMs - this.#streamAtMs > SAME_INSTANT_MS) stream.skipTo(offsetMs);
      stream.push(samples);
      this.#streamAtMs = offsetMs + lengthMs(samples);
    });
    if (fed && this.#failures > 0) {
      this.#failures = 0;
      this.#options.handlers.onHealth(true);
    }
    return fed;
  }

  #guarded(stream: SpeechStream, use: (stream: SpeechStream) => void): boolean {
    try {
      use(stream);
      return true;
    } catch {
      this.#retire(stream);
      this.#fail();
      return false;
    }
  }

  #fail(): void {
    if (this.#failures === 0) this.#options.handlers.onHealth(false);
    this.#failures += 1;
    if (this.#finished || this.#opening) return;
    this.#opening = setTimeout(() => this.#open(), retryDelay(this.#options.retryMs, this.#failures));
  }

  #stopOpening(): void {
    clearImmediate(this.#opening as NodeJS.Immediate | undefined);
    clearTimeout(this.#opening as NodeJS.Timeout | undefined);
    this.#opening = undefined;
  }

  #retire(stream: SpeechStream): void {
    if (this.#stream === stream) this.#stream = undefined;
    this.#retired.push(retire(stream, this.#options.flushMs));
  }

  #loseOldest(): void {
    const chunk = this.#waiting.shift();
    if (!chunk) return;
    this.#waitingSamples -= chunk.samples.length;
    const endMs = chunk.offsetMs + lengthMs(chunk.samples);
    this.#gap ??= { startMs: chunk.offsetMs, durationMs: 0, reason: "recognizer_failed" };
    this.#gap.durationMs = endMs - this.#gap.startMs;
    if (this.#gap.durationMs >= TOLD_GAP_MS) this.#tellGap();
  }

  #tellGap(): void {
    const gap = this.#gap;
    this.#gap = undefined;
    if (gap) this.#options.handlers.onGap(gap);
  }
}

async function retire(stream: SpeechStream, flushMs: number): Promise<void> {
  try {
    await settledWithin(stream.flush(flushMs), flushMs + FLUSH_MARGIN_MS);
  } catch {
    // A recognizer that cannot even flush has nothing more to give.
  }
  try {
    stream.close();
  } catch {
    // Freed as far as it can be.
  }
}
