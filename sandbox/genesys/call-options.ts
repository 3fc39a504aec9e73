import type { AudioSource } from "../audio/audio-source.ts";
import type { CallEvent, CallReport } from "./call-events.ts";
import type { ConnectOptions } from "./connect.ts";
import type { MediaOffer, Participant } from "./messages.ts";

export type CallOptions = ConnectOptions & {
  source: AudioSource;
  conversationId?: string;
  sessionId?: string;
  participant?: Partial<Participant>;
  /** Without it: the service's usual three for two sides, the customer alone for one. */
  offers?: readonly MediaOffer[];
  language?: string;
  supportedLanguages?: boolean;
  customConfig?: Record<string, unknown>;
  continuedSessions?: readonly { id: string; serverseq: number; clientseq: number }[];
  /** How many times faster than speech; 1 is a real call. */
  speed?: number;
  frameMs?: number;
  /** Checks the connection as the service does when an administrator saves it: no audio at all. */
  probe?: boolean;
  /** Unasked pauses, as a secure flow makes them, by stream time. */
  pauseAt?: readonly { atMs: number; forMs: number }[];
  /** Losses of audio without a pause, by stream time. */
  discardAt?: readonly { atMs: number; forMs: number }[];
  /** Hangs up, or tears the socket down, at this stream time. */
  hangUpAtMs?: number;
  cutAtMs?: number;
  onEvent?: (event: CallEvent) => void;
  timeouts?: Partial<CallTimeouts>;
};

export type CallTimeouts = { openMs: number; closeMs: number; firstPingMs: number; pingEveryMs: number };

/** The service's own limits. */
export const SERVICE_TIMEOUTS: CallTimeouts = {
  openMs: 5000,
  closeMs: 10_000,
  firstPingMs: 1000,
  pingEveryMs: 5000,
};

/** The service's own frames hold 100 to 200 ms. */
export const FRAME_MS = 100;

export type Call = {
  conversationId: string;
  sessionId: string;
  /** The platform's own pause; audio flows only when neither side has paused. */
  pause(): void;
  resume(): void;
  /** Loses the next stretch of audio without a pause. */
  discard(ms: number): void;
  setLanguage(language: string): void;
  hangUp(): void;
  /** Tears the socket down without a word. */
  cut(): void;
  positionMs(): number;
  /** Settles once, whatever happens; it never rejects. */
  done: Promise<CallReport>;
};
