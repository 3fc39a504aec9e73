import * as z from "zod";
import type { AudioChannel } from "../audio/audio-source.ts";
import { msOfDuration } from "./stream-time.ts";

export const NIL_UUID = "00000000-0000-0000-0000-000000000000";

/** What the service allows one text or binary message to be long. */
export const MAX_MESSAGE_BYTES = 64_000;

export type MediaOffer = { type: "audio"; format: "PCMU" | "L16"; channels: AudioChannel[]; rate: number };

export function offerOf(...channels: AudioChannel[]): MediaOffer {
  return { type: "audio", format: "PCMU", channels, rate: 8000 };
}

/** What the service offers for a call with both sides: the choice is the server's. */
export const STEREO_OFFERS = [
  offerOf("external", "internal"),
  offerOf("external"),
  offerOf("internal"),
] as const satisfies MediaOffer[];

export type Participant = { id: string; ani: string; aniName: string; dnis: string };

export type CloseReason = "end" | "error" | "disconnect" | "reconnect";

const duration = z.string().refine((text) => msOfDuration(text) !== undefined, "is not a duration");
const empty = z.object({});

const envelope = {
  version: z.literal("2"),
  id: z.string(),
  seq: z.number().int().positive(),
  clientseq: z.number().int().nonnegative(),
};

const openedSchema = z.object({
  media: z.array(
    z.object({
      type: z.literal("audio"),
      format: z.enum(["PCMU", "L16"]),
      channels: z.array(z.enum(["external", "internal"])),
      rate: z.number(),
    }),
  ),
  startPaused: z.boolean().optional(),
  discardTo: duration.optional(),
  supportedLanguages: z.array(z.string()).optional(),
});

const entitySchema = z.object({ type: z.string(), data: z.unknown() });
export type Entity = z.output<typeof entitySchema>;

/** Everything that a server may send on a monitored call. */
export const serverMessageSchema = z.discriminatedUnion("type", [
  z.object({ ...envelope, type: z.literal("opened"), parameters: openedSchema }),
  z.object({ ...envelope, type: z.literal("pong"), parameters: empty }),
  z.object({ ...envelope, type: z.literal("updated"), parameters: empty }),
  z.object({ ...envelope, type: z.literal("pause"), parameters: empty }),
  z.object({ ...envelope, type: z.literal("resume"), parameters: empty }),
  z.object({
    ...envelope,
    type: z.literal("event"),
    // The vendor's client reads the first entity without looking: an empty list breaks it.
    parameters: z.object({ entities: z.array(entitySchema).min(1) }),
  }),
  z.object({
    ...envelope,
    type: z.literal("reconnect"),
    parameters: z.object({ info: z.string().optional() }),
  }),
  z.object({
    ...envelope,
    type: z.literal("disconnect"),
    parameters: z.object({
      reason: z.enum(["completed", "unauthorized", "error", "rejected"]),
      info: z.string().optional(),
    }),
  }),
  z.object({ ...envelope, type: z.literal("closed"), parameters: empty }),
]);

export type ServerMessage = z.output<typeof serverMessageSchema>;
export type ServerMessageOf<T extends ServerMessage["type"]> = Extract<ServerMessage, { type: T }>;

const transcriptSchema = z.object({
  id: z.string().min(1),
  channelId: z.number().int().min(0).max(1),
  isFinal: z.boolean(),
  offset: duration.optional(),
  duration: duration.optional(),
  alternatives: z
    .array(
      z.object({
        confidence: z.number().min(0).max(1),
        interpretations: z.array(z.object({ type: z.string(), transcript: z.string() })).min(1),
      }),
    )
    .min(1),
});

export type Transcript = z.output<typeof transcriptSchema>;

/** An entity as a transcript, or the reason why the service would not take it as one. */
export function readTranscript(entity: Entity): { transcript?: Transcript; problem?: string } {
  const read = transcriptSchema.safeParse(entity.data);
  if (!read.success) return { problem: z.prettifyError(read.error) };
  const { isFinal, offset, duration: length } = read.data;
  if (isFinal && (!offset || !length)) return { problem: "a final transcript has no offset or duration" };
  return { transcript: read.data };
}
