import * as z from "zod";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { Origin } from "../connector.ts";
import { eventsOfConversation } from "../event-of.ts";
import { WIDGET_DELIVERIES, widgetEvents } from "../widget-deliveries.ts";

const ended = z.object({
  kind: z.literal("chat.ended"),
  conversationId: z.string().min(1).max(200),
  reason: z.string().max(100).default("end"),
  at: z.string().max(64).optional().catch(undefined),
});

const unknownSchema = z.object({
  kind: z.literal("unknown"),
  topic: z.string().max(300),
  sample: z.unknown(),
});

/** All that comes of this platform comes by the widget: its page hands it what the component heard. */
const deliverySchema = z.discriminatedUnion("kind", [...WIDGET_DELIVERIES, ended, unknownSchema]);

/** Pure; kinds that are none of ours are `invalid_input`, and samples of unknown shapes `unknown_shape`. */
export function normalize(payload: unknown, origin: Origin): ConversationEvent[] {
  const delivery = parse(deliverySchema, payload);
  if (delivery.kind === "unknown")
    throw new AppError("unknown_shape", `A ${delivery.topic} has a shape that this version does not know.`);
  const event = eventsOfConversation(origin, delivery.conversationId);
  if (delivery.kind !== "chat.ended") return widgetEvents(delivery, event);
  const { reason, at } = delivery;
  // A session that was ended may be taken up again and end once more, so the moment belongs to its name.
  return [event({ type: "conversation.ended", data: { reason } }, ["chat", at ?? ""], at)];
}
