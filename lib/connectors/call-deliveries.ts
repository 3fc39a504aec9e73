import * as z from "zod";
import { type ConversationEvent, speakerSchema } from "#/lib/events/conversation-event.ts";
import type { Origin } from "./connector.ts";
import { type BareEvent, type EventOf, eventsOfConversation } from "./event-of.ts";

const platformId = z.string().min(1).max(200);
const named = z.object({ id: platformId, name: z.string().max(200).optional() });
/** Any ISO form with a zone; what cannot be read as one falls back to the time of receipt. */
const at = z.string().max(64).optional().catch(undefined);
const milliseconds = z.number().nonnegative();
const call = { conversationId: platformId, sessionId: platformId };

/** What our own speech process hands in, whatever door a call's audio came through. */
export const CALL_DELIVERIES = [
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

type CallDelivery = z.output<(typeof CALL_DELIVERIES)[number]>;

/** Pure: the same delivery gives the same events, ids included. */
export function callEvents(delivery: CallDelivery, origin: Origin): ConversationEvent[] {
  const { sessionId } = delivery;
  const event = eventsOfConversation(origin, delivery.conversationId);
  switch (delivery.kind) {
    case "call.started": {
      const { channel, language, queue, agent, startedAt } = delivery;
      // With its moment: a call whose other leg knows more, or that comes back, begins again.
      const key = [sessionId, startedAt ?? ""];
      const data = { channel, language, queue, agent };
      return [event({ type: "conversation.started", data }, key, startedAt)];
    }
    case "utterance":
      return utteranceEvents(delivery, event);
    case "gap": {
      const { speaker, startMs, durationMs, reason } = delivery;
      const data = { speaker, offsetMs: startMs, durationMs, reason };
      const key = [sessionId, speaker ?? "both", String(startMs), reason];
      return [event({ type: "transcript.gap", data }, key, delivery.at)];
    }
    case "notice": {
      const { code, language, at: noticedAt } = delivery;
      // A recognizer may fail and recover more than once in a call: the moment tells the notices apart.
      const key = [sessionId, code, language ?? "", noticedAt ?? ""];
      return [event({ type: "transcript.notice", data: { code, language } }, key, noticedAt)];
    }
    case "call.ended": {
      const { reason } = delivery;
      return [event({ type: "conversation.ended", data: { reason } }, [sessionId], delivery.at)];
    }
  }
}

function utteranceEvents(
  delivery: Extract<CallDelivery, { kind: "utterance" }>,
  event: EventOf,
): ConversationEvent[] {
  const text = delivery.text.trim();
  if (text === "") return [];
  const { speaker, utteranceId, startMs, durationMs, confidence, sessionId } = delivery;
  const data = { speaker, text, channel: "voice", utteranceId, offsetMs: startMs, durationMs, confidence };
  return [event({ type: "utterance", data } as BareEvent, [sessionId, utteranceId], delivery.at)];
}
