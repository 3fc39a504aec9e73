import type { AudiohookCredentials } from "#/lib/audiohook/authenticate.ts";
import type { OpenParameters } from "#/lib/audiohook/client-message.ts";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { Recognition, SpeechEngine, SpeechGap } from "#/lib/stt/speech-engine.ts";

/** A connection as this door needs it. While keys rotate, both generations are listed. */
export type AudiohookConnection = AudiohookCredentials & {
  tenantId: string;
  connectionId: string;
  /** What is recognized also goes back to the platform, where the engine has word times. */
  sendTranscripts?: boolean;
};

/** By the public id in the address. Asked before every upgrade, so it should be cached. */
export type FindConnection = (publicId: string) => Promise<AudiohookConnection | undefined>;

/** Which engine hears a tenant's calls. Asked at every upgrade, so it should be cached. */
export type EngineFor = (tenantId: string) => Promise<SpeechEngine>;

/**
 * One call as the platform announced it; a connection probe never becomes one. All offsets below are
 * milliseconds of the session's stream since `open`, pauses and lost audio included. The wall time of
 * something said is therefore `startedAt` plus its offset.
 */
export type Call = Pick<OpenParameters, "participant" | "language" | "customConfig"> & {
  tenantId: string;
  connectionId: string;
  sessionId: string;
  conversationId: string;
  organizationId: string;
  /** When `open` arrived here. */
  startedAt: Date;
};

/** Without a speaker: the platform itself sent nothing. */
export type CallGap = {
  speaker?: Speaker;
  startMs: number;
  durationMs: number;
  reason: SpeechGap["reason"] | "paused" | "platform_discarded";
};

export type NoticeCode = "language_unsupported" | "recognizer_failed" | "recognizer_recovered";

/**
 * Where a call's results go. Deliveries of one call come one after the other and in order; one that
 * throws or rejects is repeated until it succeeds, so the sink must take a repeat as the same thing
 * (utterance ids stay). `interim` and `state` alone are neither repeated nor waited for.
 */
export type CallSink = {
  started(call: Call): void | Promise<void>;
  interim(call: Call, speaker: Speaker, recognition: Recognition): void | Promise<void>;
  final(call: Call, speaker: Speaker, recognition: Recognition): void | Promise<void>;
  gap(call: Call, gap: CallGap): void | Promise<void>;
  notice(call: Call, code: NoticeCode, language: string | undefined, at: Date): void | Promise<void>;
  /** Whether the platform sends the call's audio right now; said again while it is paused. */
  state?(call: Call, state: "paused" | "live"): void | Promise<void>;
  ended(call: Call, reason: string, at: Date): void | Promise<void>;
};
