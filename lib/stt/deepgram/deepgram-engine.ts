import type { PinAddress } from "../pinned-address.ts";
import type { SpeechEngine } from "../speech-engine.ts";
import { STREAMING_TIMES, type StreamingTimes, streamingEngine } from "../streaming/streaming-engine.ts";
import { DEEPGRAM_TIMES, type DeepgramOptions, type DeepgramTimes } from "./deepgram-options.ts";
import { DeepgramWire } from "./deepgram-wire.ts";

type Times = Partial<DeepgramTimes> & Partial<StreamingTimes>;

/** Deepgram's live transcription with a tenant's key. */
export function createDeepgramEngine(
  options: DeepgramOptions,
  pin: PinAddress,
  changes: Times = {},
): SpeechEngine {
  const times = { ...DEEPGRAM_TIMES, ...changes };
  return streamingEngine({
    name: `deepgram ${options.model}`,
    languages: options.languages,
    openWire: (language, events) => new DeepgramWire({ options, times, pin }, language, events),
    times: { ...STREAMING_TIMES, ...changes },
  });
}
