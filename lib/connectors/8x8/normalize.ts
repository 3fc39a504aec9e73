import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { Origin } from "../connector.ts";
import { eventsOfConversation } from "../event-of.ts";
import { widgetEvents } from "../widget-deliveries.ts";
import { type Delivery, deliverySchema } from "./deliveries.ts";
import { gatewayEvents } from "./gateway/gateway-events.ts";
import { normalizeStreamEvent } from "./normalize-interaction.ts";
import { unwrap } from "./stream-event.ts";

/** Turns what the subscriber, the webhooks or the widget handed in into events. Pure; unknown kinds are `invalid_input`. */
export function normalize(payload: unknown, origin: Origin): ConversationEvent[] {
  const delivery = parse(deliverySchema, payload);
  switch (delivery.kind) {
    case "stream":
      if (delivery.problem) throw new AppError("invalid_input", delivery.problem);
      return normalizeStreamEvent(unwrap(delivery.body), (id) => eventsOfConversation(origin, id));
    case "utterance":
      return utterance(delivery, origin);
    case "gateway":
      return gatewayEvents(delivery.body, (id) => eventsOfConversation(origin, id));
    default:
      return widgetEvents(delivery, origin);
  }
}

function utterance(delivery: Extract<Delivery, { kind: "utterance" }>, origin: Origin): ConversationEvent[] {
  const { conversationId, utteranceId, speaker, at } = delivery;
  const text = delivery.text.trim();
  if (text === "") return [];
  const event = eventsOfConversation(origin, conversationId);
  const data = { speaker, text, channel: "voice" as const, utteranceId };
  return [event({ type: "utterance", data }, [utteranceId], at)];
}
