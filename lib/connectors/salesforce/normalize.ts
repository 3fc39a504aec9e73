import * as z from "zod";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { Origin } from "../connector.ts";
import { WIDGET_DELIVERIES, widgetEvents } from "../widget-deliveries.ts";

/** All that comes of this platform comes by the widget: its page hands it what the component heard. */
const deliverySchema = z.discriminatedUnion("kind", [...WIDGET_DELIVERIES]);

/** Pure; kinds that are none of ours are `invalid_input`, and samples of unknown shapes `unknown_shape`. */
export function normalize(payload: unknown, origin: Origin): ConversationEvent[] {
  return widgetEvents(parse(deliverySchema, payload), origin);
}
