import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { Call } from "./ports.ts";

/** A connection as the voice stream's door needs it. While a token rotates, both are listed. */
export type VoiceConnection = {
  tenantId: string;
  connectionId: string;
  trustTokens: readonly string[];
  /** Where set, streams of any other are refused. */
  domainId: string | undefined;
  subscriptionId: string | undefined;
  /** The platform names none. */
  language: string | undefined;
  /** Names by id, where they are known. */
  skills: ReadonlyMap<string, string>;
};

/** By the trust token alone: one address serves every connection. Asked for each leg, so it should be cached. */
export type FindByTrustToken = (trustToken: string) => Promise<VoiceConnection | undefined>;

/** Which legs of a call have come, in whichever process. */
export type Halves = {
  arrived(call: Call, speaker: Speaker): Promise<void>;
  has(call: Call, speaker: Speaker): Promise<boolean>;
};

/** What an admin should find in the inspector. */
export type TellAlone = (call: Call, arrived: Speaker, waitedMs: number) => Promise<void>;

/** Every wait of this door, in milliseconds; tests shorten them. */
export type VoiceTimings = {
  /** Every refusal takes at least this long, so that its cause cannot be timed. */
  refusalMs: number;
  /** The look-up of a connection. */
  lookupMs: number;
  /** From a stream's beginning to its configuration. */
  configMs: number;
  /** Without a frame or a word, and not on hold. */
  silenceMs: number;
  /** How long the longest hold may last. */
  holdMs: number;
  /** For a lost leg to come back before its call counts as over. */
  graceMs: number;
  /** For a call's second leg, before the first counts as alone. */
  otherHalfMs: number;
  flushMs: number;
  /** How long the platform has for leaving after it was asked to reconnect. */
  drainMs: number;
  deliveryMs: number;
  pausedMs: number;
  retryMs: number;
};

export const VOICE_TIMINGS: VoiceTimings = {
  refusalMs: 500,
  lookupMs: 5000,
  configMs: 10_000,
  silenceMs: 60_000,
  holdMs: 4 * 3_600_000,
  graceMs: 15_000,
  otherHalfMs: 20_000,
  flushMs: 7000,
  drainMs: 20_000,
  deliveryMs: 5000,
  pausedMs: 5000,
  retryMs: 200,
};
