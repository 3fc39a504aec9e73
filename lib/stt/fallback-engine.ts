import type { SpeechEngine, SpeechHandlers, SpeechStream } from "./speech-engine.ts";
import { languageFor } from "./speech-languages.ts";

export type FallbackOptions = {
  /** How long a service may take to accept a stream. */
  openMs: number;
  onFallback: (reason: string) => void;
};

/** What a stream was given before it was known who listens to it. */
type Given = { kind: "audio"; samples: Int16Array } | { kind: "skip"; toMs: number };

/**
 * A service, and the engine that takes over where the service cannot be opened at a stream's start: what was said
 * meanwhile is heard too. A language that the service does not do is the other engine's from the start; one that
 * only the service does waits for the service.
 */
export function withFallback(
  service: SpeechEngine,
  fallback: SpeechEngine,
  options: FallbackOptions,
): SpeechEngine {
  const others = fallback.languages.filter((language) => languageFor(service, language) === undefined);
  return {
    name: service.name,
    languages: [...service.languages, ...others],
    wordTimes: service.wordTimes ?? false,
    open(handlers, language) {
      const own = languageFor(service, language);
      const other = languageFor(fallback, language ?? service.languages[0]);
      if (own === undefined) return fallback.open(handlers, other);
      if (other === undefined) return service.open(handlers, own);
      return new FallbackStream(
        handlers,
        (wrapped) => service.open(wrapped, own),
        (wrapped) => fallback.open(wrapped, other),
        options,
      );
    },
    close: () => service.close(),
  };
}

type Open = (handlers: SpeechHandlers) => SpeechStream;

class FallbackStream implements SpeechStream {
  readonly #handlers: SpeechHandlers;
  readonly #openFallback: Open;
  readonly #options: FallbackOptions;
  readonly #decided = Promise.withResolvers<void>();
  readonly #late: NodeJS.Timeout;
  #current: SpeechStream;
  #given: Given[] | undefined = [];
  #closed = false;

  constructor(handlers: SpeechHandlers, openService: Open, openFallback: Open, options: FallbackOptions) {
    this.#handlers = handlers;
    this.#openFallback = openFallback;
    this.#options = options;
    this.#late = setTimeout(() => this.#fallBack("The service did not answer in time."), options.openMs);
    this.#current = openService({
      onInterim: (recognition) => handlers.onInterim(recognition),
      onFinal: (recognition) => handlers.onFinal(recognition),
      onGap: (gap) => handlers.onGap(gap),
      onReady: () => this.#settle(),
      onHealth: (healthy, reason) => {
        if (!this.#given) handlers.onHealth(healthy, reason);
        else if (!healthy) this.#fallBack(reason ?? "The service is away.");
      },
    });
  }

  push(samples: Int16Array): void {
    this.#given?.push({ kind: "audio", samples: samples.slice() });
    this.#current.push(samples);
  }

  skipTo(positionMs: number): void {
    this.#given?.push({ kind: "skip", toMs: positionMs });
    this.#current.skipTo(positionMs);
  }

  async flush(timeoutMs: number): Promise<void> {
    const until = performance.now() + timeoutMs;
    if (this.#given) {
      const late = setTimeout(() => this.#decided.resolve(), timeoutMs);
      await this.#decided.promise;
      clearTimeout(late);
    }
    await this.#current.flush(Math.max(0, until - performance.now()));
  }

  close(): void {
    this.#closed = true;
    this.#settle();
    this.#current.close();
  }

  /** From here on whoever listens now keeps the stream. */
  #settle(): void {
    clearTimeout(this.#late);
    this.#given = undefined;
    this.#decided.resolve();
  }

  /** Said as a failure and a recovery: that is what the agent sees of it. */
  #fallBack(reason: string): void {
    const given = this.#given;
    if (!given || this.#closed) return;
    this.#current.close();
    this.#handlers.onHealth(false, reason);
    this.#options.onFallback(reason);
    this.#current = this.#openFallback(this.#handlers);
    for (const item of given) {
      if (item.kind === "audio") this.#current.push(item.samples);
      else this.#current.skipTo(item.toMs);
    }
    this.#settle();
    this.#handlers.onHealth(true);
  }
}
