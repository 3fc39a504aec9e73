import * as z from "zod";
import { type ConversationEvent, channelSchema, speakerSchema } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Origin } from "./connector.ts";
import { type EventOf, eventsOfConversation } from "./event-of.ts";

const platformId = z.string().min(1).max(200);
const named = z.object({ id: platformId, name: z.string().max(200).optional() });
/** Any ISO form with a zone; what cannot be read as one falls back to the time of receipt. */
const at = z.string().max(64).optional().catch(undefined);

/**
 * What a widget hands in, whatever desktop frames it: messages it saw, questions, the conversation's context and end,
 * and samples of what no model of ours describes. A platform's own streams may bring the same.
 */
export const WIDGET_DELIVERIES = [
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
    /** It was over and goes on: messaging reopens. */
    reopenedAt: at,
    at,
  }),
  z.object({
    kind: z.literal("chat.ended"),
    conversationId: platformId,
    reason: z.string().max(100).default("end"),
    at,
  }),
  z.object({ kind: z.literal("unknown"), topic: z.string().max(300), sample: z.unknown() }),
] as const;

type WidgetDelivery = z.output<(typeof WIDGET_DELIVERIES)[number]>;

/** Pure. A sample becomes no event: it throws `unknown_shape`, so that its delivery is parked as it came. */
export function widgetEvents(delivery: WidgetDelivery, origin: Origin): ConversationEvent[] {
  if (delivery.kind === "unknown")
    throw new AppError(
      "unknown_shape",
      `An event of ${delivery.topic} has a shape that this version does not know.`,
    );
  const event = eventsOfConversation(origin, delivery.conversationId);
  switch (delivery.kind) {
    case "message":
      return messageEvents(delivery, event);
    case "question": {
      const text = delivery.text.trim();
      const data = { text, agent: delivery.agent };
      return text === "" ? [] : [event({ type: "question.asked", data }, [delivery.askId], delivery.at)];
    }
    case "context":
      return contextEvents(delivery, event);
    case "chat.ended": {
      const { reason, at: endedAt } = delivery;
      // It may reopen and end again, so the moment belongs to the name.
      return [event({ type: "conversation.ended", data: { reason } }, ["chat", endedAt ?? ""], endedAt)];
    }
  }
}

function contextEvents(
  delivery: Extract<WidgetDelivery, { kind: "context" }>,
  event: EventOf,
): ConversationEvent[] {
  const { queue, agent, channel, language, participantId, reopenedAt } = delivery;
  const data = { channel, queue, agent, language };
  if (reopenedAt !== undefined)
    return [event({ type: "conversation.started", data }, ["chat", reopenedAt], reopenedAt)];
  // The same context again changes nothing, so it is the same event, until the agent comes back from a transfer.
  const key = [JSON.stringify(data), ...(participantId ? [participantId] : [])];
  return [event({ type: "conversation.updated", data }, key, delivery.at)];
}

function messageEvents(
  { message, agent, claimedAgent }: Extract<WidgetDelivery, { kind: "message" }>,
  event: EventOf,
): ConversationEvent[] {
  const { messageId, from, queueId, queueName, at: sentAt } = message;
  const text = message.text.trim();
  if (text === "") return [];
  const queue = queueId ? { id: queueId, name: queueName } : undefined;
  const opening = { channel: "chat" as const, queue, agent: agent ?? claimedAgent };
  return [
    // Every message brings it, the first one counts: a chat may have no other beginning.
    event({ type: "conversation.started", data: opening }, ["chat"], sentAt),
    event({ type: "utterance", data: { speaker: from, text, channel: "chat" } }, [messageId], sentAt),
  ];
}
