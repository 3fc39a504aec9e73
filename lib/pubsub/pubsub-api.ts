import * as z from "zod";
import { messageSchema } from "./push-envelope.ts";

/** One call to Pub/Sub's REST API in a service account's name; throws `AppError` with `status` in its context. */
export type PubSubCall = <S extends z.ZodType>(
  method: "GET" | "PUT" | "POST" | "DELETE",
  path: string,
  options: { schema: S; body?: unknown; signal?: AbortSignal | undefined; timeoutMs?: number },
) => Promise<z.output<S>>;

const done = z.unknown();

const pushConfigSchema = z.object({
  pushEndpoint: z.string().optional(),
  oidcToken: z
    .object({ serviceAccountEmail: z.string(), audience: z.string().optional() })
    .optional()
    .catch(undefined),
});

/** Of a subscription what we compare or tell. */
export const subscriptionSchema = z.object({
  name: z.string(),
  topic: z.string(),
  pushConfig: pushConfigSchema.optional(),
  ackDeadlineSeconds: z.number().optional(),
  enableMessageOrdering: z.boolean().optional(),
});
export type Subscription = z.output<typeof subscriptionSchema>;
export type PushConfig = z.output<typeof pushConfigSchema>;

const pulled = z.object({
  receivedMessages: z
    .array(z.object({ ackId: z.string(), message: messageSchema, deliveryAttempt: z.number().optional() }))
    .default([]),
});
export type ReceivedMessage = z.output<typeof pulled>["receivedMessages"][number];

export type NewSubscription = {
  topic: string;
  pushConfig?: PushConfig;
  deadLetterTopic?: string | undefined;
  /** Messages of one ordering key come one after the other. It cannot be changed later. */
  ordered?: boolean;
};

/** `data` in base64; messages of one ordering key keep their order for subscriptions that ask for it. */
export type NewMessage = { data: string; attributes?: Record<string, string>; orderingKey?: string };

/** Within the deadline a push is answered many times over; a longer one would only delay what was lost. */
const ACK_DEADLINE_S = 30;
const MOST_ATTEMPTS = 10;
/** Google keeps a pull open for up to 90 seconds when nothing is there. */
const PULL_TIMEOUT_MS = 100_000;

/** The part of Pub/Sub v1 that we use, all over REST. Names are full: `projects/P/topics/T`. */
export function createPubSubApi(call: PubSubCall) {
  return {
    getTopic: (topic: string, signal?: AbortSignal) =>
      call("GET", `/v1/${topic}`, { schema: z.object({ name: z.string() }), signal }),
    getSubscription: (name: string, signal?: AbortSignal) =>
      call("GET", `/v1/${name}`, { schema: subscriptionSchema, signal }),
    /** Those of the asked permissions that we have. */
    async testPermissions(resource: string, permissions: readonly string[], signal?: AbortSignal) {
      const schema = z.object({ permissions: z.array(z.string()).default([]) });
      return (
        await call("POST", `/v1/${resource}:testIamPermissions`, { schema, body: { permissions }, signal })
      ).permissions;
    },
    createSubscription: (name: string, wanted: NewSubscription, signal?: AbortSignal) =>
      call("PUT", `/v1/${name}`, { schema: subscriptionSchema, body: bodyOf(wanted), signal }),
    modifyPushConfig: (name: string, pushConfig: PushConfig, signal?: AbortSignal) =>
      call("POST", `/v1/${name}:modifyPushConfig`, { schema: done, body: { pushConfig }, signal }),
    deleteSubscription: (name: string, signal?: AbortSignal) =>
      call("DELETE", `/v1/${name}`, { schema: done, signal }),
    async pull(name: string, maxMessages: number, signal: AbortSignal): Promise<ReceivedMessage[]> {
      const options = { schema: pulled, body: { maxMessages }, signal, timeoutMs: PULL_TIMEOUT_MS };
      return (await call("POST", `/v1/${name}:pull`, options)).receivedMessages;
    },
    acknowledge: (name: string, ackIds: readonly string[], signal?: AbortSignal) =>
      call("POST", `/v1/${name}:acknowledge`, { schema: done, body: { ackIds }, signal }),
    /** Zero seconds gives messages back at once. */
    modifyAckDeadline: (name: string, ackIds: readonly string[], seconds: number, signal?: AbortSignal) =>
      call("POST", `/v1/${name}:modifyAckDeadline`, {
        schema: done,
        body: { ackIds, ackDeadlineSeconds: seconds },
        signal,
      }),
    async publish(topic: string, messages: readonly NewMessage[], signal?: AbortSignal): Promise<string[]> {
      const schema = z.object({ messageIds: z.array(z.string()).default([]) });
      return (await call("POST", `/v1/${topic}:publish`, { schema, body: { messages }, signal })).messageIds;
    },
  };
}

export type PubSubApi = ReturnType<typeof createPubSubApi>;

function bodyOf({ topic, pushConfig, deadLetterTopic, ordered }: NewSubscription) {
  return {
    topic,
    ...(pushConfig && { pushConfig }),
    ...(ordered && { enableMessageOrdering: true }),
    ackDeadlineSeconds: ACK_DEADLINE_S,
    // Empty means never: by itself it would be gone after 31 quiet days.
    expirationPolicy: {},
    retryPolicy: { minimumBackoff: "1s", maximumBackoff: "60s" },
    ...(deadLetterTopic && { deadLetterPolicy: { deadLetterTopic, maxDeliveryAttempts: MOST_ATTEMPTS } }),
  };
}
