import * as z from "zod";
import { channelSchema, speakerSchema } from "#/lib/events/conversation-event.ts";

const platformId = z.string().min(1).max(200);
const named = z.object({ id: platformId, name: z.string().max(200).optional() });
/** Any ISO form with a zone; what cannot be read as one falls back to the time of receipt. */
const at = z.string().max(64).optional().catch(undefined);
const milliseconds = z.number().nonnegative();
const call = { conversationId: platformId, sessionId: platformId };

const AUDIOHOOK = [
  z.object({
    kind: z.literal("call.started"),
    ...call,
    channel: z.literal("voice").default("voice"),
    startedAt: at,
    language: z.string().max(35).optional(),
    queue: named.optional(),
    agent: named.optional(),
  }),
  z.object({
    kind: z.literal("utterance"),
    ...call,
    utteranceId: platformId,
    speaker: speakerSchema,
    text: z.string().max(20_000),
    startMs: milliseconds,
    durationMs: milliseconds,
    confidence: z.number().min(0).max(1).optional(),
    at,
  }),
  z.object({
    kind: z.literal("gap"),
    ...call,
    speaker: speakerSchema.optional(),
    startMs: milliseconds,
    durationMs: milliseconds,
    reason: z.enum(["recognizer_behind", "platform_discarded", "paused", "recognizer_failed"]),
    at,
  }),
  z.object({
    kind: z.literal("notice"),
    ...call,
    code: z.enum(["language_unsupported", "recognizer_failed", "recognizer_recovered"]),
    language: z.string().max(35).optional(),
    at,
  }),
  z.object({ kind: z.literal("call.ended"), ...call, reason: z.string().max(100).default("end"), at }),
] as const;

const WIDGET = [
  z.object({
    kind: z.literal("message"),
    conversationId: platformId,
    message: z.object({
      messageId: platformId,
      from: speakerSchema,
      text: z.string().max(20_000),
      at,
      queueId: platformId.optional(),
      queueName: z.string().max(200).optional(),
    }),
    /** From the platform itself; a widget only claims its agent. */
    agent: named.optional(),
    claimedAgent: named.optional(),
  }),
  z.object({
    kind: z.literal("question"),
    conversationId: platformId,
    askId: platformId,
    text: z.string().max(2_000),
    agent: named.optional(),
    at,
  }),
  z.object({
    kind: z.literal("context"),
    conversationId: platformId,
    queue: named.optional(),
    agent: named.optional(),
    channel: channelSchema.optional(),
    language: z.string().max(35).optional(),
    /** The agent's own part in the conversation: the same agent who comes back has another one. */
    participantId: platformId.optional(),
    /** It was over and goes on: web messaging reopens. */
    reopenedAt: at,
    at,
  }),
  z.object({
    kind: z.literal("chat.ended"),
    conversationId: platformId,
    reason: z.string().max(100).default("end"),
    at,
  }),
] as const;

/** A sample of what no model of ours describes. It is kept as it came and becomes no event. */
const unknownSchema = z.object({
  kind: z.literal("unknown"),
  topic: z.string().max(300),
  sample: z.unknown(),
});

/** What the AudioHook server, the widget and the queue topics hand in for this platform, by `kind`. */
export const genesysDeliverySchema = z.discriminatedUnion("kind", [...AUDIOHOOK, ...WIDGET, unknownSchema]);

export type GenesysDelivery = z.output<typeof genesysDeliverySchema>;
export type DeliveryOf<K extends GenesysDelivery["kind"]> = Extract<GenesysDelivery, { kind: K }>;
