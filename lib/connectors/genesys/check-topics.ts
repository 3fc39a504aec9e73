import * as z from "zod";
import type { PlatformQueue } from "../connector.ts";
import type { Outcome } from "../timed-step.ts";
import type { GenesysClient } from "./api/genesys-client.ts";
import type { GenesysCredentials } from "./credentials.ts";

const USER_TOPIC = "v2.users.{id}.conversations";
const QUEUE_TOPIC = "v2.routing.queues.{id}.conversations.messages";

const topicList = z.object({ entities: z.array(z.object({ id: z.string() })).default([]) });
const channel = z.object({ id: z.string().min(1) });
const subscriptions = z.object({
  entities: z
    .array(
      z.object({
        id: z.string(),
        state: z.string().optional(),
        rejectionReason: z.string().optional(),
        missingPermissions: z.array(z.string()).optional(),
      }),
    )
    .default([]),
});

/** The topics that messages come over; with messages read on the server, one is subscribed to as a proof. */
export async function checkTopics(
  client: GenesysClient,
  { serverMessages }: GenesysCredentials,
  queues: readonly PlatformQueue[],
  signal: AbortSignal,
): Promise<Outcome> {
  const { entities } = await client.request("GET", "/api/v2/notifications/availabletopics", {
    schema: topicList,
    signal,
  });
  const known = new Set(entities.map(({ id }) => id));
  const wanted = serverMessages ? [USER_TOPIC, QUEUE_TOPIC] : [USER_TOPIC];
  const missing = wanted.filter((topic) => !known.has(topic));
  if (missing.length > 0) {
    return {
      reason: `Genesys Cloud does not offer ${missing.join(" and ")} to this client.`,
      remedy: "Ask Genesys Cloud's support whether notifications are part of your subscription.",
    };
  }
  const [queue] = queues;
  if (!serverMessages || !queue) {
    return { detail: `${known.size} topics; agents' conversations are followed from the widget` };
  }
  return await proveQueueTopic(client, queue, signal);
}

/** The channel ends by itself when nobody connects to it. */
async function proveQueueTopic(
  client: GenesysClient,
  queue: PlatformQueue,
  signal: AbortSignal,
): Promise<Outcome> {
  const { id } = await client.request("POST", "/api/v2/notifications/channels", { schema: channel, signal });
  const path = `/api/v2/notifications/channels/${encodeURIComponent(id)}/subscriptions`;
  const answer = await client.request("PUT", path, {
    schema: subscriptions,
    query: { ignoreErrors: true },
    body: [{ id: QUEUE_TOPIC.replace("{id}", queue.id) }],
    signal,
  });
  await client.request("DELETE", path, { schema: z.unknown(), signal });
  const rejected = answer.entities.find(({ state }) => state === "Rejected");
  if (!rejected) return { detail: `Messages of "${queue.name}" may be read on the server` };
  const lacks = rejected.missingPermissions?.join(", ");
  return {
    reason: `Messages of "${queue.name}" may not be read: ${lacks ? `the client's role lacks ${lacks}` : (rejected.rejectionReason ?? "no reason was given")}.`,
    remedy:
      "Add the permission to the client's role, or turn Read messages on the server off: agents' widgets bring the messages then.",
  };
}
