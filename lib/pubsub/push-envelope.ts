import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";

const SUBSCRIPTION = /^projects\/[^/]+\/subscriptions\/[^/]+$/;

/** A message as push and pull bring it; the snake_case twins and all that is new are passed over. */
export const messageSchema = z.object({
  messageId: z.string().min(1).max(200),
  data: z.string().optional(),
  attributes: z.record(z.string(), z.string()).optional().catch(undefined),
  publishTime: z.string().max(64).optional().catch(undefined),
  orderingKey: z.string().optional().catch(undefined),
});
export type PubSubMessage = z.output<typeof messageSchema>;

const envelopeSchema = z.object({
  message: messageSchema,
  subscription: z.string().regex(SUBSCRIPTION),
  /** Only under a dead-letter policy. */
  deliveryAttempt: z.int().optional().catch(undefined),
});
export type PushEnvelope = z.output<typeof envelopeSchema>;

/** The wrapped form of a push (contract section 1). Throws `invalid_input`, in words without a part of the body. */
export function readPush(body: Buffer): PushEnvelope {
  const parsed = envelopeSchema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? ` (${issue.path.join(".")})` : "";
  throw new AppError("invalid_input", `The push is no Pub/Sub message in its wrapped form${where}.`);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2}(?:==)?|[A-Za-z0-9+/_-]{3}=?)?$/;

/** What a message carries; undefined where it has attributes alone. Node reads anything as base64, so the form is checked. */
export function dataOf({ data }: Pick<PubSubMessage, "data">): Buffer | undefined {
  if (data === undefined || data === "") return undefined;
  if (!BASE64.test(data)) throw new AppError("invalid_input", "The message's data is not base64.");
  return Buffer.from(data, "base64");
}
