import * as z from "zod";
import { type ConversationEvent, channelSchema, speakerSchema } from "#/lib/events/conversation-event.ts";
import type { EventOf } from "./event-of.ts";

const platformId = z.string().min(1).max(200);
const named = z.object({ id: platformId, name: z.string().max(200).optional() });
/** Any ISO form with a zone; what cannot be read as one falls back to the time of receipt. */
const at = z.string().max(64).optional().catch(undefined);

/** What a widget hands in, whatever desktop frames it: messages it saw, questions, and the conversation's context. */
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
    at,
  }),
] as const;

type WidgetDelivery = z.output<(typeof WIDGET_DELIVERIES)[number]>;

export function widgetEvents(delivery: WidgetDelivery, event: EventOf): ConversationEvent[] {
  switch (delivery.kind) {
    case "message":
      return messageEvents(delivery, event);
    case "question": {
      const text = delivery.text.trim();
      const data = { text, agent: delivery.agent };
      return text === "" ? [] : [event({ type: "question.asked", data }, [delivery.askId], delivery.at)];
    }
    case "context": {
      const { queue, agent, channel, language } = delivery;
      const data = { channel, queue, agent, language };
      // The same context again changes nothing, so it is the same event.
      return [event({ type: "conversation.updated", data }, [JSON.stringify(data)], delivery.at)];
    }
  }
}

function messageEvents(
  { message, claimedAgent }: Extract<WidgetDelivery, { kind: "message" }>,
  event: EventOf,
): ConversationEvent[] {
  const { messageId, from, queueId, queueName, at: sentAt } = message;
  const text = message.text.trim();
  if (text === "") return [];
  const queue = queueId ? { id: queueId, name: queueName } : undefined;
  const opening = { channel: "chat" as const, queue, agent: claimedAgent };
  return [
    // Every message brings it, the first one counts: a chat may have no other beginning.
    event({ type: "conversation.started", data: opening }, ["chat"], sentAt),
    event({ type: "utterance", data: { speaker: from, text, channel: "chat" } }, [messageId], sentAt),
  ];
}
