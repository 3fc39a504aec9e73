import * as z from "zod";
import { notFound } from "../google-error.ts";
import { authorize, type Project } from "../project.ts";
import { type ApiReply, type ApiRequest, type Endpoint, endpoint, readBody } from "./endpoint.ts";

const pushConfig = z
  .object({
    pushEndpoint: z.string().optional(),
    oidcToken: z.object({ serviceAccountEmail: z.string(), audience: z.string().optional() }).optional(),
  })
  .default({});
const subscription = z.object({
  topic: z.string(),
  pushConfig,
  ackDeadlineSeconds: z.number().default(10),
  expirationPolicy: z.object({}).optional(),
  retryPolicy: z
    .object({ minimumBackoff: z.string().optional(), maximumBackoff: z.string().optional() })
    .optional(),
  enableMessageOrdering: z.boolean().optional(),
  deadLetterPolicy: z
    .object({ deadLetterTopic: z.string().optional(), maxDeliveryAttempts: z.number().optional() })
    .optional(),
});
const message = z.object({
  data: z.string().optional(),
  attributes: z.record(z.string(), z.string()).optional(),
  orderingKey: z.string().optional(),
});
const ackIds = z.array(z.string());

type Wants = { permission?: string; resource: string };

/** The part of Pub/Sub v1 that the product calls, over REST. */
export function pubsubEndpoints(project: Project): Endpoint[] {
  const { pubsub } = project;
  const api = (
    route: string,
    permission: string | undefined,
    answer: (request: ApiRequest, name: string) => ApiReply | Promise<ApiReply>,
  ) =>
    endpoint(route, (request) => {
      const name = request.url.pathname.replace(/^\/v1\//, "").replace(/:\w+$/, "");
      const wants: Wants = { resource: name, ...(permission && { permission }) };
      authorize(project, request.raw.headers.authorization, { service: "pubsub.googleapis.com", ...wants });
      return answer(request, decodeURIComponent(name));
    });
  const held = (request: ApiRequest, name: string): ApiReply => {
    const known = pubsub.hasTopic(name) || pubsub.list().some((one) => one.name === name);
    const { permissions } = readBody(z.object({ permissions: z.array(z.string()) }), request.body);
    return { body: { permissions: known ? permissions.filter((one) => project.permissions.has(one)) : [] } };
  };
  const topic = "/v1/projects/:project/topics/:id";
  const own = "/v1/projects/:project/subscriptions/:id";
  return [
    api(`GET ${topic}`, "pubsub.topics.get", (_request, name) => {
      if (!pubsub.hasTopic(name)) throw notFound(name);
      return { body: { name } };
    }),
    api(`PUT ${topic}`, undefined, (_request, name) => {
      pubsub.createTopic(name);
      return { body: { name } };
    }),
    api(`POST ${topic}:testIamPermissions`, undefined, held),
    api(`POST ${own}:testIamPermissions`, undefined, held),
    api(`POST ${topic}:publish`, "pubsub.topics.publish", ({ body }, name) => {
      const { messages } = readBody(z.object({ messages: z.array(message) }), body);
      return { body: { messageIds: pubsub.publish(name, messages) } };
    }),
    api(`PUT ${own}`, "pubsub.subscriptions.create", ({ body }, name) => ({
      body: pubsub.create({ name, ...readBody(subscription, body) }),
    })),
    api(`GET ${own}`, "pubsub.subscriptions.get", (_request, name) => ({ body: pubsub.get(name) })),
    api(`DELETE ${own}`, "pubsub.subscriptions.delete", (_request, name) => {
      pubsub.remove(name);
      return { body: {} };
    }),
    api(`POST ${own}:modifyPushConfig`, "pubsub.subscriptions.update", ({ body }, name) => {
      pubsub.modifyPush(name, readBody(z.object({ pushConfig }), body).pushConfig);
      return { body: {} };
    }),
    api(`POST ${own}:pull`, "pubsub.subscriptions.consume", async ({ body, gone }, name) => {
      const { maxMessages } = readBody(z.object({ maxMessages: z.number().int().positive() }), body);
      const receivedMessages = await pubsub.pull(name, maxMessages, gone);
      return { body: receivedMessages.length > 0 ? { receivedMessages } : {} };
    }),
    api(`POST ${own}:acknowledge`, "pubsub.subscriptions.consume", ({ body }, name) => {
      pubsub.acknowledge(name, readBody(z.object({ ackIds }), body).ackIds);
      return { body: {} };
    }),
    api(`POST ${own}:modifyAckDeadline`, "pubsub.subscriptions.consume", ({ body }, name) => {
      const given = readBody(z.object({ ackIds, ackDeadlineSeconds: z.number() }), body);
      pubsub.modifyDeadline(name, given.ackIds, given.ackDeadlineSeconds);
      return { body: {} };
    }),
  ];
}
