import * as z from "zod";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { parse } from "#/lib/kernel/parse.ts";
import { CALL_DELIVERIES, callEvents } from "../call-deliveries.ts";
import type { Origin } from "../connector.ts";
import { WIDGET_DELIVERIES, widgetEvents } from "../widget-deliveries.ts";

/** What the AudioHook server, the widget and the queue topics hand in for this platform, by `kind`. */
const deliverySchema = z.discriminatedUnion("kind", [...CALL_DELIVERIES, ...WIDGET_DELIVERIES]);

/**
 * Turns what the AudioHook server, the widget or the queue topics handed in into events. Pure; kinds that are none
 * of ours are `invalid_input`, and samples of the platform's own unknown shapes `unknown_shape`.
 */
export function normalize(payload: unknown, origin: Origin): ConversationEvent[] {
  const delivery = parse(deliverySchema, payload);
  return "sessionId" in delivery ? callEvents(delivery, origin) : widgetEvents(delivery, origin);
}
