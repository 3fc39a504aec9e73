import * as z from "zod";
import { orderOf } from "./message-id.ts";

/** One message of a topic. `problem` stands where the payload could not be read: it is still a message. */
export type PulsarMessage = {
  id: string;
  order: readonly number[] | undefined;
  body: unknown;
  problem?: string;
  /** The broker's clock, milliseconds since the epoch. */
  publishedAt?: number;
  redeliveries: number;
  key?: string;
};

export type Frame =
  | { kind: "message"; message: PulsarMessage }
  | { kind: "control" }
  | { kind: "unreadable" };

const envelopeSchema = z.object({
  messageId: z.string().min(1).max(500),
  payload: z.string(),
  publishTime: z.string().optional().catch(undefined),
  redeliveryCount: z.number().optional().catch(undefined),
  key: z.string().optional().catch(undefined),
});

/** What the broker sent (contract section 4). Frames that carry `type` or `endOfTopic` are about the session. */
export function readFrame(text: string): Frame {
  const json = jsonOf(text);
  if (typeof json !== "object" || json === null) return { kind: "unreadable" };
  if ("type" in json || "endOfTopic" in json) return { kind: "control" };
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return { kind: "unreadable" };
  const { messageId, payload, publishTime, redeliveryCount = 0, key } = envelope.data;
  const body = jsonOf(Buffer.from(payload, "base64").toString("utf8"));
  const at = publishTime === undefined ? Number.NaN : Date.parse(publishTime);
  const message: PulsarMessage = {
    id: messageId,
    order: orderOf(messageId),
    body,
    redeliveries: redeliveryCount,
    ...(body === undefined && { problem: "The message's payload is not JSON." }),
    ...(!Number.isNaN(at) && { publishedAt: at }),
    ...(key !== undefined && { key }),
  };
  return { kind: "message", message };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A reader sends it as well: delivery stops once its window is full of messages that were not answered. */
export const acknowledgement = (messageId: string) => JSON.stringify({ messageId });

/** Only a consumer may: the broker brings the message again after the delay that the session asked for. */
export const negativeAcknowledgement = (messageId: string) =>
  JSON.stringify({ type: "negativeAcknowledge", messageId });
