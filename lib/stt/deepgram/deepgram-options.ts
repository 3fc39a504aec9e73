import type { PinAddress } from "../pinned-address.ts";

/** What a tenant sets; the wire format is Deepgram's live API, `GET /v1/listen` as a WebSocket. */
export type DeepgramOptions = {
  apiKey: string;
  /** `https://` address of the server; the path is the API's own. */
  endpoint: string;
  model: string;
  /** The first one is used for calls that name none. */
  languages: readonly string[];
  /** Silence after which an utterance is over. */
  endpointingMs: number;
  /** Silence after the last word, in the service's own transcript, after which it is over at the latest. */
  utteranceEndMs: number;
};

export type DeepgramTimes = {
  connectMs: number;
  /** The service wants to hear something every 10 s. */
  keepAliveMs: number;
  /** It answers audio about every second, silence too: after this long without a word it hangs. */
  stallMs: number;
  /** From the last audio to the end of the connection. */
  finishMs: number;
};

export const DEEPGRAM_TIMES: DeepgramTimes = {
  connectMs: 8000,
  keepAliveMs: 4000,
  stallMs: 15_000,
  finishMs: 6000,
};

export type DeepgramWireParts = {
  options: DeepgramOptions;
  times: DeepgramTimes;
  pin: PinAddress;
};

/** The address of one connection, with all that is asked of the service in its query. */
export function listenUrl(base: URL, options: DeepgramOptions, language: string): URL {
  const url = new URL("/v1/listen", base);
  url.protocol = base.protocol === "http:" ? "ws:" : "wss:";
  url.search = new URLSearchParams({
    model: options.model,
    language,
    encoding: "linear16",
    sample_rate: "8000",
    channels: "1",
    interim_results: "true",
    punctuate: "true",
    endpointing: String(options.endpointingMs),
    utterance_end_ms: String(options.utteranceEndMs),
  }).toString();
  return url;
}
