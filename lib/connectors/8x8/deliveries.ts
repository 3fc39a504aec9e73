import * as z from "zod";
import { speakerSchema } from "#/lib/events/conversation-event.ts";
import { WIDGET_DELIVERIES } from "../widget-deliveries.ts";

const platformId = z.string().min(1).max(200);
const at = z.string().max(64).optional().catch(undefined);

/** What the subscriber, the webhooks and the widget hand in for this platform, by `kind`. */
export const deliverySchema = z.discriminatedUnion("kind", [
  /** A message of the event stream as it came; `conversationId` lets the pipeline keep an interaction in order. */
  z.object({
    kind: z.literal("stream"),
    topic: z.string().max(500),
    conversationId: platformId.optional(),
    body: z.unknown(),
    problem: z.string().optional(),
  }),
  z.object({
    kind: z.literal("utterance"),
    conversationId: platformId,
    utteranceId: platformId,
    speaker: speakerSchema,
    text: z.string().max(20_000),
    at,
  }),
  /** Of the Chat Gateway, its signature verified. */
  z.object({
    kind: z.literal("gateway"),
    conversationId: platformId.optional(),
    body: z.unknown(),
  }),
  ...WIDGET_DELIVERIES,
]);

export type Delivery = z.output<typeof deliverySchema>;
