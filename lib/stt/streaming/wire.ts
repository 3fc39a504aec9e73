import type { SpokenWord } from "../speech-engine.ts";

/** What a service heard in a stretch of one connection. Times are milliseconds of the audio sent on it. */
export type WireResult = {
  text: string;
  /** Services that do not say where speech began leave it out. */
  startMs?: number;
  endMs: number;
  /** Nothing more will be said about the audio up to `endMs`. */
  final: boolean;
  /** The utterance is over with this final. */
  endsUtterance: boolean;
  confidence?: number;
  words?: readonly SpokenWord[];
};

export type WireProblem = {
  message: string;
  /** False: another attempt with the same settings cannot help. */
  retryable: boolean;
};

export type WireEvents = {
  /** The service has taken the connection. */
  onReady(): void;
  onResult(result: WireResult): void;
  /** What was final so far is a whole utterance. */
  onUtteranceEnd(): void;
  /** Once, and nothing after it. Without a problem everything that was sent has been answered. */
  onEnd(problem?: WireProblem): void;
};

/** One connection to a service, from its opening to its end. It never throws; what goes wrong is its end. */
export type Wire = {
  /** Kept until the connection stands. */
  send(samples: Int16Array): void;
  /** No more audio comes: bring out every final, then end. */
  finish(): void;
  /** Ends at once and says nothing any more. */
  destroy(): void;
};

export type OpenWire = (events: WireEvents) => Wire;
