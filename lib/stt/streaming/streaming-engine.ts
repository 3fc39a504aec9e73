import type { SpeechEngine } from "../speech-engine.ts";
import type { RetryTimes } from "./leg.ts";
import { type Rotation, StreamingStream } from "./streaming-stream.ts";
import type { Wire, WireEvents } from "./wire.ts";

export type StreamingTimes = { retry: RetryTimes; waitingLimitMs: number; rotation?: Rotation };

export const STREAMING_TIMES: StreamingTimes = {
  retry: { firstMs: 250, longestMs: 5000, refusedMs: 15_000 },
  waitingLimitMs: 30_000,
};

type StreamingEngineParts = {
  name: string;
  languages: readonly string[];
  openWire: (language: string, events: WireEvents) => Wire;
  times: StreamingTimes;
};

/** A service that is streamed to, as an engine; each stream holds a connection of its own. */
export function streamingEngine({ name, languages, openWire, times }: StreamingEngineParts): SpeechEngine {
  const streams = new Set<StreamingStream>();
  const { retry, waitingLimitMs, rotation } = times;
  return {
    name,
    languages,
    wordTimes: true,
    open(handlers, language = languages[0] ?? "en-US") {
      const stream: StreamingStream = new StreamingStream({
        handlers,
        openWire: (events) => openWire(language, events),
        retry,
        waitingLimitMs,
        rotation,
        onClosed: () => streams.delete(stream),
      });
      streams.add(stream);
      return stream;
    },
    close: async () => {
      for (const stream of [...streams]) stream.close();
    },
  };
}
