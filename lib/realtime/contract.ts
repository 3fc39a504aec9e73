import * as z from "zod";
import { channelSchema, speakerSchema } from "#/lib/events/conversation-event.ts";
import { sourceSchema, suggestionBodySchema } from "#/lib/events/suggestion.ts";
import { SUMMARY_STATES, summaryFieldsSchema } from "#/lib/events/summary.ts";
import { WRITE_BACK_STATES, writeIntentSchema } from "#/lib/events/write-back.ts";

/** What the realtime server tells a widget; `requests.ts` has what a widget asks. Both sides parse with these. */

const person = z.object({ id: z.string(), name: z.string().optional() });

/** Durable: numbered in its conversation, stored, acknowledged, fetched again after a gap. */
export const durableBodySchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("session"),
    state: z.enum(["active", "ended"]),
    channel: channelSchema.optional(),
    queue: person.optional(),
    agent: person.optional(),
    language: z.string().optional(),
    startedAt: z.string(),
  }),
  z.object({
    kind: z.literal("transcript"),
    utteranceId: z.string(),
    speaker: speakerSchema,
    text: z.string(),
    channel: channelSchema,
    at: z.string(),
    offsetMs: z.number().optional(),
    durationMs: z.number().optional(),
  }),
  z.object({
    kind: z.literal("gap"),
    speaker: speakerSchema.optional(),
    offsetMs: z.number(),
    durationMs: z.number(),
    reason: z.string(),
  }),
  z.object({ kind: z.literal("notice"), code: z.string(), language: z.string().optional() }),
  z.object({
    kind: z.literal("suggestion"),
    suggestionId: z.uuid(),
    at: z.string(),
    ...suggestionBodySchema.shape,
  }),
  /** Something was asked and the knowledge base holds no answer: a quiet line, not a card. */
  z.object({ kind: z.literal("no-source"), question: z.string(), at: z.string() }),
  /** What an agent has written to the platform, and how that stands; the last one of a `writeId` counts. */
  z.object({
    kind: z.literal("write-back"),
    writeId: z.uuid(),
    state: z.enum(WRITE_BACK_STATES),
    attempt: z.int().positive(),
    intent: writeIntentSchema,
    agent: person.optional(),
    reason: z.string().optional(),
    retryable: z.boolean(),
    changedAt: z.string(),
  }),
  /** The whole summary; the last one counts. */
  z.object({
    kind: z.literal("summary"),
    version: z.int().nonnegative(),
    state: z.enum(SUMMARY_STATES),
    fields: summaryFieldsSchema,
    /** Why it is not, or not only, what was hoped for: too short, the model did not answer. */
    reason: z.string().optional(),
    /** `extractive`, or the model's own name. */
    model: z.string().optional(),
    draftedAt: z.string().optional(),
  }),
]);
export type DurableBody = z.output<typeof durableBodySchema>;

export const durableMessageSchema = z.object({
  id: z.uuid(),
  /** The event that caused it; groups a streamed draft, its transcript line and its card. */
  eventId: z.uuid().optional(),
  conversationId: z.string(),
  seq: z.int().positive(),
  body: durableBodySchema,
});
export type DurableMessage = z.output<typeof durableMessageSchema>;

/** Ephemeral: keyed, never numbered or stored, superseded by the durable message of the same key. */
export const ephemeralMessageSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("interim"),
    conversationId: z.string(),
    utteranceId: z.string(),
    speaker: speakerSchema,
    text: z.string(),
    offsetMs: z.number().optional(),
  }),
  /** An answer that is being written: the whole text so far, the sources from the first one on. */
  z.object({
    kind: z.literal("draft"),
    conversationId: z.string(),
    eventId: z.uuid(),
    question: z.string(),
    sources: z.array(sourceSchema),
    text: z.string(),
  }),
  /** Whether the platform sends a call's audio right now; while it is paused nothing is transcribed. */
  z.object({
    kind: z.literal("call-state"),
    conversationId: z.string(),
    state: z.enum(["paused", "live"]),
  }),
]);
export type EphemeralMessage = z.output<typeof ephemeralMessageSchema>;

export type ServerToClient = {
  durable: (message: DurableMessage) => void;
  ephemeral: (message: EphemeralMessage) => void;
  /** Said before the server closes the socket: get a new token first, or just come back (to another node). */
  goodbye: (reason: "token_expired" | "draining") => void;
};
