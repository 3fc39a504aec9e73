import type { SpeechEngine, SpeechHandlers, SpeechStream } from "#/lib/stt/speech-engine.ts";

const SAMPLES_PER_MS = 8;

/** A recognizer that hears nothing, notes what it is given, and says what a test makes it say. */
export class MemoryStream implements SpeechStream {
  readonly handlers: SpeechHandlers;
  /** `audio:AT:MS`, `skip:TO`, `flush`, `close`, in order. */
  readonly heard: string[] = [];
  readonly loudest: number[] = [];
  positionMs = 0;
  broken = false;
  /** What a flush brings out before it resolves. */
  atFlush: () => Promise<void> | void = () => undefined;

  constructor(handlers: SpeechHandlers) {
    this.handlers = handlers;
  }

  push(samples: Int16Array): void {
    if (this.broken) throw new Error("broken recognizer");
    this.heard.push(`audio:${this.positionMs}:${samples.length / SAMPLES_PER_MS}`);
    this.loudest.push(
      samples.reduce((most, sample) => (Math.abs(sample) > Math.abs(most) ? sample : most), 0),
    );
    this.positionMs += samples.length / SAMPLES_PER_MS;
  }

  skipTo(positionMs: number): void {
    this.heard.push(`skip:${positionMs}`);
    this.positionMs = positionMs;
  }

  async flush(): Promise<void> {
    this.heard.push("flush");
    await this.atFlush();
  }

  close(): void {
    this.heard.push("close");
  }

  says(text: string, startMs = 0): void {
    this.handlers.onFinal({ utteranceId: "1", text, startMs, durationMs: 500, confidence: 0.9 });
  }
}

export class MemoryEngine implements SpeechEngine {
  readonly name = "memory";
  languages = ["en"];
  /** What each stream was opened in. */
  readonly opened: (string | undefined)[] = [];
  readonly streams: MemoryStream[] = [];
  /** How many of the next `open` calls fail. */
  failures = 0;
  onOpen: (stream: MemoryStream) => void = () => undefined;

  open(handlers: SpeechHandlers, language?: string): SpeechStream {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error("no recognizer");
    }
    const stream = new MemoryStream(handlers);
    this.opened.push(language);
    this.onOpen(stream);
    this.streams.push(stream);
    return stream;
  }

  async close(): Promise<void> {}
}
