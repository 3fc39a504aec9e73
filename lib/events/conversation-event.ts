import * as z from "zod";
import { offeredAnswerSchema } from "./offered-answer.ts";

export const speakerSchema = z.enum(["customer", "agent"]);
export type Speaker = z.output<typeof speakerSchema>;

export const channelSchema = z.enum(["voice", "chat"]);
export type Channel = z.output<typeof channelSchema>;

const agentSchema = z.object({ id: z.string().min(1).max(200), name: z.string().max(200).optional() });
const queueSchema = z.object({ id: z.string().min(1).max(200), name: z.string().max(200).optional() });

const envelope = {
  /** Derived from platform ids (`derivedId`), so that a redelivery carries the same id. */
  id: z.uuid(),
  tenantId: z.uuid(),
  connectionId: z.uuid(),
  /** The platform's own id of the conversation; unique within its connection only. */
  platformConversationId: z.string().min(1).max(200),
  /** The platform's own time of the event; the order inside a conversation. */
  occurredAt: z.iso.datetime(),
};

/** What a platform told us about who is talking, where, in which language; every field may come late. */
const contextFields = {
  channel: channelSchema.optional(),
  queue: queueSchema.optional(),
  agent: agentSchema.optional(),
  language: z.string().max(35).optional(),
};

/** The canonical event. After `validate` nothing knows that a platform exists. */
export const conversationEventSchema = z.discriminatedUnion("type", [
  z.object({ ...envelope, type: z.literal("conversation.started"), data: z.object(contextFields) }),
  z.object({ ...envelope, type: z.literal("conversation.updated"), data: z.object(contextFields) }),
  z.object({
    ...envelope,
    type: z.literal("utterance"),
    data: z.object({
      speaker: speakerSchema,
      text: z.string().min(1).max(20_000),
      channel: channelSchema,
      /** The id interim results carried, so that the final replaces them on screen. */
      utteranceId: z.string().max(200).optional(),
      /** Milliseconds in the call's own stream time, voice only. */
      offsetMs: z.number().nonnegative().optional(),
      durationMs: z.number().nonnegative().optional(),
      confidence: z.number().min(0).max(1).optional(),
    }),
  }),
  z.object({
    ...envelope,
    type: z.literal("transcript.gap"),
    data: z.object({
      speaker: speakerSchema.optional(),
      offsetMs: z.number().nonnegative(),
      durationMs: z.number().nonnegative(),
      reason: z.enum(["recognizer_behind", "platform_discarded", "paused", "recognizer_failed"]),
    }),
  }),
  z.object({
    ...envelope,
    type: z.literal("transcript.notice"),
    data: z.object({
      code: z.enum(["language_unsupported", "recognizer_failed", "recognizer_recovered"]),
      language: z.string().optional(),
    }),
  }),
  z.object({
    ...envelope,
    type: z.literal("question.asked"),
    data: z.object({ text: z.string().min(1).max(2_000), agent: agentSchema.optional() }),
  }),
  /** The platform's own assistant has suggested something by itself. */
  z.object({ ...envelope, type: z.literal("suggestion.offered"), data: offeredAnswerSchema }),
  z.object({
    ...envelope,
    type: z.literal("conversation.ended"),
    data: z.object({ reason: z.string().max(100) }),
  }),
]);

export type ConversationEvent = z.output<typeof conversationEventSchema>;
export type EventType = ConversationEvent["type"];
export type Utterance = Extract<ConversationEvent, { type: "utterance" }>;
