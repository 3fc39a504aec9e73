import * as z from "zod";
import { speakerSchema } from "#/lib/events/conversation-event.ts";
import { CALL_DELIVERIES } from "../call-deliveries.ts";
import { WIDGET_DELIVERIES } from "../widget-deliveries.ts";

const id = z.string().min(1).max(200);
const named = z.object({ id, name: z.string().max(200).optional() });
const at = z.string().max(64).optional().catch(undefined);

const PUSHED = [
  /** A CTI event, with what the ingest door could read of it. */
  z.object({
    kind: z.literal("cti"),
    conversationId: id,
    name: z.string().max(200),
    ended: z.boolean(),
    queue: named.optional(),
    agent: named.optional(),
    at,
    body: z.unknown(),
  }),
  z.object({
    kind: z.literal("chat"),
    conversationId: id,
    messageId: id,
    from: speakerSchema,
    text: z.string().max(20_000),
    queue: named.optional(),
    agent: named.optional(),
    ended: z.boolean().default(false),
    at,
  }),
  z.object({ kind: z.literal("stream-error"), subscriptionId: z.string().max(200), body: z.unknown() }),
  z.object({ kind: z.literal("unreadable"), reason: z.string().max(300), body: z.unknown() }),
] as const;

/** One leg of a call whose other half did not come. */
const LEG_ALONE = z.object({
  kind: z.literal("leg.alone"),
  conversationId: id,
  leg: speakerSchema,
  waitedMs: z.number().nonnegative(),
});

/** What the speech process, the ingest door and the widget hand in for this platform, by `kind`. */
export const five9DeliverySchema = z.discriminatedUnion("kind", [
  ...CALL_DELIVERIES,
  ...WIDGET_DELIVERIES,
  ...PUSHED,
  LEG_ALONE,
]);

export type Five9Delivery = z.output<typeof five9DeliverySchema>;
export type Pushed = z.input<(typeof PUSHED)[number]>;
