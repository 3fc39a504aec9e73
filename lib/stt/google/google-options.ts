import type { PinAddress } from "../pinned-address.ts";

/** What a tenant sets; the wire format is Speech-to-Text v2, `StreamingRecognize` over gRPC. */
export type GoogleOptions = {
  projectId: string;
  /** `global`, `eu`, `us`, or a region. */
  location: string;
  /** Another server in place of Google's for this location. */
  endpoint?: string | undefined;
  model: string;
  /** The first one is used for calls that name none. */
  languages: readonly string[];
};

export type GoogleTimes = {
  connectMs: number;
  /** A refusal comes at once; a stream that stands this long without one was taken. */
  settleMs: number;
  /** Audio that the connection has not taken after this long: it hangs. */
  stallMs: number;
  /** A guess without a final or a better guess after this long: the service hangs. (Silence is never answered.) */
  answerMs: number;
  /** From the last audio to the end of the stream. */
  finishMs: number;
};

export const GOOGLE_TIMES: GoogleTimes = {
  connectMs: 8000,
  settleMs: 1000,
  stallMs: 10_000,
  answerMs: 20_000,
  finishMs: 6000,
};

/** A stream may last five minutes. */
export const GOOGLE_ROTATION = { softMs: 210_000, quietMs: 255_000, hardMs: 285_000 };

export type GoogleWireParts = {
  options: GoogleOptions;
  times: GoogleTimes;
  pin: PinAddress;
  /** Undefined where a server wants none. */
  token: (() => Promise<string>) | undefined;
};

/** The implicit recognizer: everything is said in the stream's own configuration. */
export function recognizerOf({ projectId, location }: GoogleOptions): string {
  return `projects/${projectId}/locations/${location}/recognizers/_`;
}

export function endpointOf({ endpoint, location }: Pick<GoogleOptions, "endpoint" | "location">): string {
  if (endpoint) return endpoint;
  return location === "global"
    ? "https://speech.googleapis.com"
    : `https://${location}-speech.googleapis.com`;
}
