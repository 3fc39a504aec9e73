/** One word and when it was said; milliseconds of the stream's own audio. */
export type SpokenWord = { text: string; startMs: number; endMs: number; confidence?: number };

/** One recognized stretch of speech. Times are milliseconds of the stream's own audio, gaps included. */
export type Recognition = {
  /** Stays the same from the first interim to the final. */
  utteranceId: string;
  text: string;
  startMs: number;
  durationMs: number;
  /** 0 to 1; finals only. */
  confidence?: number;
  /** In order, each beginning later than the one before; only from an engine that has word times. */
  words?: readonly SpokenWord[];
};

/** Audio that was never recognized; the agent is shown a gap of this length. */
export type SpeechGap = {
  startMs: number;
  durationMs: number;
  reason: "recognizer_behind" | "recognizer_failed";
};

export type SpeechHandlers = {
  onInterim(recognition: Recognition): void;
  onFinal(recognition: Recognition): void;
  onGap(gap: SpeechGap): void;
  /**
   * The recognizer stalled or died (`false`), or works again (`true`); the call goes on either way. A service's
   * `reason` is a sentence for whoever set it up.
   */
  onHealth(healthy: boolean, reason?: string): void;
  /** A remote service has taken the stream. An engine in this process never says so. */
  onReady?(): void;
};

/** The speech of one party of one call. Every call returns at once; audio never waits for recognition. */
export type SpeechStream = {
  /**
   * 16-bit mono samples at 8 kHz, contiguous with what came before, as they are spoken. What has waited for the
   * recognizer for 30 s of the stream's time is given up and reported as a gap; finals and gaps come in order.
   */
  push(samples: Int16Array): void;
  /** The stream's time moves on to `positionMs` without audio (pause, discarded); ends the running utterance. */
  skipTo(positionMs: number): void;
  /**
   * Ends the running utterance now; resolves when every final up to here is out, or `timeoutMs` has passed.
   * What is not out by then is given up and reported as a gap.
   */
  flush(timeoutMs: number): Promise<void>;
  /** Frees the stream; nothing is called afterwards. Idempotent. */
  close(): void;
};

export type SpeechEngine = {
  readonly name: string;
  /** BCP 47 languages it can do, its default first; `en` covers every English. */
  readonly languages: readonly string[];
  /** Whether finals carry `words`; those of an engine that does not say so carry none. */
  readonly wordTimes?: boolean;
  /** `language` is one of `languages`; without it the first one counts. */
  open(handlers: SpeechHandlers, language?: string): SpeechStream;
  /** To be awaited before the process exits: native code that is cut off in mid-work takes it down hard. */
  close(): Promise<void>;
};
