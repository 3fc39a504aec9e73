import type { Track } from "#/lib/audiohook/session-contract.ts";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { SpeechEngine, SpeechHandlers } from "#/lib/stt/speech-engine.ts";
import type { CallOutbox } from "./call-outbox.ts";
import type { Call, CallGap, NoticeCode } from "./ports.ts";
import { isRecognizable } from "./recognizable.ts";
import { RecognizerFeed } from "./recognizer-feed.ts";

export type LiveCallOptions = {
  call: Call;
  speakers: readonly Speaker[];
  engine: SpeechEngine;
  outbox: CallOutbox;
  retryMs: number;
  flushMs: number;
};

/** One call between its socket and the sink: audio in, recognized speech out, both parties apart. */
export class LiveCall {
  readonly #options: LiveCallOptions;
  #call: Call;
  #feeds = new Map<Speaker, RecognizerFeed>();
  #leaving: Promise<boolean>[] = [];
  readonly #unhealthy = new Set<Speaker>();
  #over = false;

  constructor(options: LiveCallOptions) {
    this.#options = options;
    this.#call = options.call;
  }

  /** `announce` is false when an earlier socket of the same call has done so. */
  start(announce: boolean): void {
    const call = this.#call;
    if (announce) this.#options.outbox.put((sink) => sink.started(call));
    this.#listen();
  }

  audio(offsetMs: number, tracks: readonly Track[]): void {
    for (const { party, samples } of tracks) this.#feeds.get(party)?.push(offsetMs, samples);
  }

  jump(fromMs: number, toMs: number, reason: CallGap["reason"]): void {
    if (toMs > fromMs) this.#gap({ startMs: fromMs, durationMs: toMs - fromMs, reason });
    for (const feed of this.#feeds.values()) feed.jump(toMs);
  }

  paused(): void {
    for (const feed of this.#feeds.values()) feed.endUtterance();
  }

  changeLanguage(language: string): void {
    if (language === this.#call.language) return;
    this.#call = { ...this.#call, language };
    this.#listen();
  }

  /** Resolves when the last results are out, or their time is up; false in the latter case. */
  async finish(): Promise<boolean> {
    this.#leave();
    const inTime = await Promise.all(this.#leaving);
    this.#over = true;
    return inTime.every(Boolean);
  }

  end(reason: string, at: Date): void {
    const call = this.#call;
    this.#options.outbox.put((sink) => sink.ended(call, reason, at));
  }

  /** Opens recognizers for a language they can do; says so when they cannot. */
  #listen(): void {
    const { engine, speakers, retryMs, flushMs } = this.#options;
    if (!isRecognizable(engine.languages, this.#call.language)) {
      this.#leave();
      this.#notice("language_unsupported");
      return;
    }
    for (const speaker of speakers) {
      if (this.#feeds.has(speaker)) continue;
      const handlers = this.#handlers(speaker);
      this.#feeds.set(speaker, new RecognizerFeed({ engine, handlers, retryMs, flushMs }));
    }
  }

  #leave(): void {
    this.#leaving.push(...[...this.#feeds.values()].map((feed) => feed.finish()));
    this.#feeds = new Map();
  }

  #handlers(speaker: Speaker): SpeechHandlers {
    const { outbox } = this.#options;
    return {
      onInterim: (recognition) => {
        if (!this.#over) outbox.interim(this.#call, speaker, recognition);
      },
      onFinal: (recognition) => {
        if (!this.#over) outbox.final(this.#call, speaker, recognition);
      },
      onGap: (gap) => this.#gap({ ...gap, speaker }),
      onHealth: (healthy) => this.#health(speaker, healthy),
    };
  }

  /** The agent is told when the first recognizer of the call fails and when the last one works again. */
  #health(speaker: Speaker, healthy: boolean): void {
    const before = this.#unhealthy.size;
    if (healthy) this.#unhealthy.delete(speaker);
    else this.#unhealthy.add(speaker);
    const after = this.#unhealthy.size;
    if (before === 0 && after > 0) this.#notice("recognizer_failed");
    if (before > 0 && after === 0) this.#notice("recognizer_recovered");
  }

  #gap(gap: CallGap): void {
    if (this.#over) return;
    const call = this.#call;
    this.#options.outbox.put((sink) => sink.gap(call, gap));
  }

  #notice(code: NoticeCode): void {
    if (this.#over) return;
    const call = this.#call;
    const at = new Date();
    this.#options.outbox.put((sink) => sink.notice(call, code, call.language, at));
  }
}
