import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import { callEvents } from "../call-deliveries.ts";
import type { Origin } from "../connector.ts";
import { type EventOf, eventsOfConversation } from "../event-of.ts";
import { widgetEvents } from "../widget-deliveries.ts";
import { type Five9Delivery, five9DeliverySchema } from "./deliveries.ts";

type DeliveryOf<K extends Five9Delivery["kind"]> = Extract<Five9Delivery, { kind: K }>;

/** Turns what the voice stream, the ingest door or the widget handed in into events. Pure. */
export function normalize(payload: unknown, origin: Origin): ConversationEvent[] {
  const delivery = parse(five9DeliverySchema, payload);
  const event = (conversationId: string) => eventsOfConversation(origin, conversationId);
  switch (delivery.kind) {
    case "call.started":
    case "utterance":
    case "gap":
    case "notice":
    case "call.ended":
      return callEvents(delivery, origin);
    case "message":
    case "question":
    case "context":
    case "chat.ended":
    case "unknown":
      return widgetEvents(delivery, origin);
    case "cti":
      return ctiEvents(delivery, event(delivery.conversationId));
    case "chat":
      return chatEvents(delivery, event(delivery.conversationId));
    case "leg.alone":
      throw kept(
        `Only the ${delivery.leg}'s leg of this call came; after ${Math.round(delivery.waitedMs / 1000)} s its other half is missing. Does the subscription stream both legs?`,
      );
    case "stream-error":
      throw kept(`Five9 reports that the stream of subscription ${delivery.subscriptionId} failed.`);
    case "unreadable":
      throw kept(delivery.reason);
  }
}

/** It is no fault of ours and holds no event: it stays parked in the inspector, with the reason. */
const kept = (reason: string) => new AppError("unknown_shape", reason);

function ctiEvents(
  { name, ended, queue, agent, at }: DeliveryOf<"cti">,
  event: EventOf,
): ConversationEvent[] {
  const data = { channel: "voice" as const, queue, agent };
  // The platform may end a call in more than one word; of one conversation the first counts.
  if (ended) return [event({ type: "conversation.ended", data: { reason: "end" } }, ["cti"], at)];
  if (!queue && !agent) return [];
  // Said again with the same content it means nothing new.
  return [event({ type: "conversation.updated", data }, [name, JSON.stringify(data)], at)];
}

function chatEvents(delivery: DeliveryOf<"chat">, event: EventOf): ConversationEvent[] {
  const { messageId, from, queue, agent, at } = delivery;
  const text = delivery.text.trim();
  const opening = { channel: "chat" as const, queue, agent };
  const said =
    text === ""
      ? []
      : [
          event({ type: "conversation.started", data: opening }, ["chat"], at),
          event({ type: "utterance", data: { speaker: from, text, channel: "chat" } }, [messageId], at),
        ];
  const over = delivery.ended
    ? [event({ type: "conversation.ended", data: { reason: "end" } }, ["chat"], at)]
    : [];
  return [...said, ...over];
}
