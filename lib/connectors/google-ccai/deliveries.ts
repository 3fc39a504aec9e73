import * as z from "zod";
import { WIDGET_DELIVERIES } from "../widget-deliveries.ts";

const platformId = z.string().min(1).max(200);
const at = z.string().max(64).optional().catch(undefined);

/** What the platform's servers told of a conversation beside its events. */
export const conversationFactsSchema = z.object({
  profile: z.object({ id: platformId, name: z.string().max(200).optional() }).optional(),
  channel: z.enum(["voice", "chat"]).optional(),
});
export type ConversationFacts = z.output<typeof conversationFactsSchema>;

/** What the two doors of Pub/Sub and the widget hand in for this platform, by `kind`. */
export const deliverySchema = z.discriminatedUnion("kind", [
  /** A ConversationEvent; `conversationId` lets the pipeline keep a conversation in order. */
  z.object({
    kind: z.literal("event"),
    conversationId: platformId,
    body: z.unknown(),
    /** Which message a recognition result becomes, where Google says so. */
    attributes: z.record(z.string(), z.string()).optional(),
    facts: conversationFactsSchema.optional(),
    publishedAt: at,
  }),
  /** A HumanAgentAssistantEvent; `shown` is the admin's switch as it stood when it came. */
  z.object({
    kind: z.literal("suggestions"),
    conversationId: platformId,
    body: z.unknown(),
    shown: z.boolean().default(true),
    publishedAt: at,
  }),
  /** Nobody can read it, and asking again would bring the same: kept for the inspector. */
  z.object({ kind: z.literal("unreadable"), problem: z.string(), sample: z.string().max(500).optional() }),
  ...WIDGET_DELIVERIES,
]);

export type Delivery = z.output<typeof deliverySchema>;
export type DeliveryOf<K extends Delivery["kind"]> = Extract<Delivery, { kind: K }>;
