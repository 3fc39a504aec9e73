import type { OpenParameters } from "./client-message.ts";
import type { Media, Party } from "./media.ts";

/** `completed` ends well, `unauthorized` is final, `error` invites the client to try again. */
export type DisconnectReason = "completed" | "unauthorized" | "error";

/** Something told to the client while the call runs, for instance a transcript. */
export type Entity = { type: string; data: unknown };

export type ServerMessage =
  | {
      type: "opened";
      parameters: { media: Media[]; supportedLanguages?: readonly string[] };
    }
  | { type: "pong" | "updated" | "pause" | "resume" | "closed"; parameters: Record<string, never> }
  | { type: "event"; parameters: { entities: Entity[] } }
  | { type: "disconnect"; parameters: { reason: DisconnectReason; info?: string } };

export type SessionInput =
  | { type: "text"; text: string }
  | { type: "audio"; bytes: Uint8Array }
  /** The socket is gone, whoever did it. */
  | { type: "lost" }
  /** The host has everything out that `finalize` asked for. */
  | { type: "finalized" }
  | { type: "event"; entities: readonly Entity[] }
  | { type: "pause" | "resume" }
  | { type: "disconnect"; reason: DisconnectReason; info?: string }
  /** The time that `wake` asked for has come. */
  | { type: "tick" };

export type Track = { party: Party; samples: Int16Array };

/** A call as its `open` described it; never made for a connection probe. */
export type OpenedCall = Pick<
  OpenParameters,
  "organizationId" | "conversationId" | "participant" | "language" | "customConfig" | "continuedSessions"
> & { parties: Party[] };

/** What the host must do, in this order. Offsets are milliseconds since this session's `open`. */
export type SessionOutput =
  | { type: "send"; message: ServerMessage["type"]; text: string }
  | { type: "opened"; call: OpenedCall }
  | { type: "audio"; offsetMs: number; tracks: Track[] }
  /** The next audio is at `toMs`; `lost` says whether something was said in between that nobody heard. */
  | { type: "jump"; fromMs: number; toMs: number; reason: "paused" | "platform_discarded" }
  | { type: "paused" | "resumed" }
  | { type: "language"; language: string; offsetMs: number }
  /** Exactly once for each opened call: get the last results out, then answer with `finalized`. */
  | { type: "finalize"; reason: string }
  /** We asked the client to close; if it does not within the grace time, end the socket. */
  | { type: "expect-close" }
  | { type: "wake"; afterMs: number };

/** Counted, never fatal, except `protocolErrors`, each of which ended its session. */
export type SessionCounters = {
  droppedFrames: number;
  droppedSamples: number;
  ignoredMessages: number;
  protocolErrors: number;
  clientErrors: number;
  positionMismatches: number;
};
