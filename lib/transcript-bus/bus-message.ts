import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { Delivery } from "#/lib/pipeline/delivery.ts";
import type { NewMessage } from "#/lib/pubsub/pubsub-api.ts";
import { dataOf, type PubSubMessage } from "#/lib/pubsub/push-envelope.ts";

/** A delivery as the bus carries it. Only doors that hear calls publish here. */
const deliverySchema = z.object({
  tenantId: z.uuid(),
  connectionId: z.uuid(),
  door: z.literal("audiohook"),
  messageId: z.string().min(1).max(500),
  payload: z.looseObject({ conversationId: z.string().min(1).max(200) }),
  receivedAt: z.number(),
});

/** Conversations are told apart by it: what one key carries comes in the order in which it was published. */
export function toBus(delivery: Delivery): NewMessage {
  const { payload, connectionId } = parse(deliverySchema, delivery);
  return {
    data: Buffer.from(JSON.stringify(delivery)).toString("base64"),
    orderingKey: `${connectionId}/${payload.conversationId}`,
  };
}

/** Throws `invalid_input` for what nobody of ours has published, in words without a part of it. */
export function fromBus(message: PubSubMessage): Delivery {
  const delivery = deliverySchema.safeParse(jsonOf(dataOf(message)));
  if (delivery.success) return delivery.data;
  throw new AppError("invalid_input", "A message of the transcript bus is no delivery of ours.");
}

function jsonOf(data: Buffer | undefined): unknown {
  try {
    return JSON.parse(data?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}
