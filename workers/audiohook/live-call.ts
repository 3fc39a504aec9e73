import type { Track } from "#/lib/audiohook/session-contract.ts";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { SpeechEngine, SpeechHandlers } from "#/lib/stt/speech-engine.ts";
import { languageFor } from "#/lib/stt/speech-languages.ts";
import type { CallOutbox } from "./call-outbox.ts";
import type { Call, CallGap, NoticeCode } from "./ports.ts";
import { RecognizerFeed } from "./recognizer-feed.ts";
import type { TranscriptEvents } from "./transcript-events.ts";

export type LiveCallOptions = {
  call: Call;
  speakers: readonly Speaker[];
  engine: SpeechEngine;
  outbox: CallOutbox;
  /** Set where what is recognized also goes back to the platform. */
  transcripts?: TranscriptEvents | undefined;
  retryMs: number;
  flushMs: number;
  pausedMs: number;
};

/** One call between its socket and the sink: audio in, recognized speech out, both parties apart. */
export class LiveCall {
  readonly #options: LiveCallOptions;
  #call: Call;
  #feeds = new Map<Speaker, RecognizerFeed>();
  #leaving: Promise<boolean>[] = [];
  readonly #unhealthy = new Set<Speaker>();
  #over = false;
  #language: string | undefined;
  #paused: NodeJS.Timeout | undefined;

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
    const tell = () => this.#options.outbox.state(this.#call, "paused");
    tell();
    clearInterval(this.#paused);
    this.#paused = setInterval(tell, this.#options.pausedMs);
  }

  resumed(): void {
    clearInterval(this.#paused);
    this.#options.outbox.state(this.#call, "live");
  }

  changeLanguage(language: string): void {
    if (language === this.#call.language) return;
    this.#call = { ...this.#call, language };
    this.#listen();
  }

  /** Resolves when the last results are out, or their time is up; false in the latter case. */
  async finish(): Promise<boolean> {
    clearInterval(this.#paused);
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
    const language = languageFor(engine, this.#call.language);
    if (language === undefined) {
      this.#leave();
      this.#notice("language_unsupported");
      return;
    }
    // A stream is in one language: what was said in the old one is brought out in it.
    if (language !== this.#language) this.#leave();
    this.#language = language;
    for (const speaker of speakers) {
      if (this.#feeds.has(speaker)) continue;
      const handlers = this.#handlers(speaker);
      this.#feeds.set(speaker, new RecognizerFeed({ engine, language, handlers, retryMs, flushMs }));
    }
  }

  #leave(): void {
    this.#leaving.push(...[...this.#feeds.values()].map((feed) => feed.finish()));
    this.#feeds = new Map();
  }

  #handlers(speaker: Speaker): SpeechHandlers {
    const { outbox, transcripts } = this.#options;
    return {
      onInterim: (recognition) => {
        if (this.#over) return;
        outbox.interim(this.#call, speaker, recognition);
        transcripts?.interim(speaker, recognition, this.#call.language);
      },
      onFinal: (recognition) => {
        if (this.#over) return;
        outbox.final(this.#call, speaker, recognition);
        transcripts?.final(speaker, recognition, this.#call.language);
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
