import type { PinAddress } from "../pinned-address.ts";
import type { SpeechEngine } from "../speech-engine.ts";
import { STREAMING_TIMES, type StreamingTimes, streamingEngine } from "../streaming/streaming-engine.ts";
import { GOOGLE_ROTATION, GOOGLE_TIMES, type GoogleOptions, type GoogleTimes } from "./google-options.ts";
import { GoogleWire } from "./google-wire.ts";

type Times = Partial<GoogleTimes> & Partial<StreamingTimes>;

/** Google's Speech-to-Text v2 with a tenant's project; a stream is replaced before its five minutes are over. */
export function createGoogleEngine(
  options: GoogleOptions,
  { pin, token }: { pin: PinAddress; token: (() => Promise<string>) | undefined },
  changes: Times = {},
): SpeechEngine {
  const times = { ...GOOGLE_TIMES, ...changes };
  return streamingEngine({
    name: `google ${options.model}`,
    languages: options.languages,
    openWire: (language, events) => new GoogleWire({ options, times, pin, token }, language, events),
    times: { ...STREAMING_TIMES, rotation: GOOGLE_ROTATION, ...changes },
  });
}
