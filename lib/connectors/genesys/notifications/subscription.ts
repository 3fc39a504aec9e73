import { AppError } from "#/lib/kernel/app-error.ts";
import { derivedId } from "#/lib/kernel/derived-id.ts";
import type { Connector, SubscriptionContext, SubscriptionState } from "../../connector.ts";
import { clientToken } from "../api/client-token.ts";
import { createGenesysClient, type GenesysClient } from "../api/genesys-client.ts";
import { hostsOf } from "../api/hosts.ts";
import type { GenesysCredentials } from "../credentials.ts";
import { listQueues } from "../list-queues.ts";
import type { OpenSocket } from "./channel-socket.ts";
import { type ConversationFeed, type FeedHandlers, openConversationFeed } from "./conversation-feed.ts";
import type { FeedState } from "./feed-states.ts";

/** A new queue is listened to after this; its conversations of that time are fetched then. */
const RELIST_MS = 600_000;
const RELIST_EMPTY_MS = 60_000;

type Platform = { client: GenesysClient; openSocket: OpenSocket; onNewToken(run: () => void): void };

/** Messages by the queue topics (contract section 8, design S): they come without any open widget. */
export const subscription: Connector["subscription"] = {
  wanted: (own: GenesysCredentials) =>
    own.serverMessages && Boolean(own.environment && own.clientId && own.clientSecret),

  async hold(own: GenesysCredentials, context: SubscriptionContext, signal: AbortSignal): Promise<void> {
    const platform = openPlatform(own, context);
    context.report({ state: "connecting", reconnects: 0 });
    while (!signal.aborted) {
      const queueIds = (await listQueues(platform.client, signal)).map(({ id }) => id);
      if (queueIds.length > 0) await listenTo(queueIds, platform, context, signal);
      else await waitForQueues(context, signal);
    }
  },
};

function openPlatform(own: GenesysCredentials, { access }: SubscriptionContext): Platform {
  const { environment, clientId, clientSecret } = own;
  if (!environment || !clientId || !clientSecret)
    throw new AppError("conflict", "Messages by the server need a region, a client id and a client secret.");
  const hosts = hostsOf(environment, access.sandboxes);
  const { get, refused } = clientToken({ hosts, access, clientId, clientSecret });
  let known: string | undefined;
  let onNew = () => {};
  const token = async (signal?: AbortSignal) => {
    const current = await get(signal);
    if (known !== undefined && known !== current) onNew();
    known = current;
    return current;
  };
  return {
    client: createGenesysClient({ hosts, access, token, onRefused: refused }),
    openSocket: guardedSocket(hosts.api),
    onNewToken: (run) => {
      onNew = run;
    },
  };
}

/** The address comes from the platform; it must still be one of its own. */
export function guardedSocket(api: string, open: OpenSocket = (url) => new WebSocket(url)): OpenSocket {
  const { hostname, protocol } = new URL(api);
  const domain = hostname.replace(/^api\./, "");
  return (url) => {
    const target = new URL(url);
    const own = target.hostname === domain || target.hostname.endsWith(`.${domain}`);
    if (own && target.protocol === protocol.replace("http", "ws")) return open(url);
    throw new AppError(
      "upstream_rejected",
      "Genesys Cloud named a socket address outside of its own domain.",
    );
  };
}

/** Until the platform's list of queues is another one. */
async function listenTo(
  queueIds: string[],
  platform: Platform,
  context: SubscriptionContext,
  signal: AbortSignal,
): Promise<void> {
  let feed: ConversationFeed | undefined;
  const handlers = handlersOf(context, () => feed?.figures().sockets ?? 0);
  feed = openConversationFeed({ ...platform, ...context, scope: { kind: "queues", queueIds }, handlers });
  platform.onNewToken(feed.renew);
  try {
    let same = true;
    while (same && !signal.aborted) {
      await context.access.wait(RELIST_MS, signal).catch(() => {});
      same = signal.aborted || (await isSameList(queueIds, platform.client, signal));
    }
  } finally {
    platform.onNewToken(() => {});
    feed.close();
  }
}

/** A list that cannot be had now changes nothing. */
async function isSameList(
  known: readonly string[],
  client: GenesysClient,
  signal: AbortSignal,
): Promise<boolean> {
  const listed = await listQueues(client, signal).catch(() => undefined);
  if (!listed) return true;
  const names = new Set(listed.map(({ id }) => id));
  return names.size === known.length && known.every((id) => names.has(id));
}

async function waitForQueues({ access, report }: SubscriptionContext, signal: AbortSignal): Promise<void> {
  const detail =
    "The OAuth client sees no queue: give its roles routing:queue:view in the queues' divisions.";
  report({ state: "waiting", detail, reconnects: 0 });
  await access.wait(RELIST_EMPTY_MS, signal).catch(() => {});
}

/** What the feed tells, as deliveries. The widget's door names a message alike, so whichever comes second is a repeat. */
function handlersOf(context: SubscriptionContext, sockets: () => number): FeedHandlers {
  let state: Pick<SubscriptionState, "state" | "detail"> = { state: "connecting" };
  let lastMessageAt: number | undefined;
  const report = () =>
    context.report({
      ...state,
      ...(lastMessageAt !== undefined && { lastMessageAt }),
      reconnects: Math.max(0, sockets() - 1),
    });
  return {
    async onMessage({ conversationId, messageId, from, text, at, queue, agent }) {
      const message = { messageId, from, text, at, queueId: queue?.id, queueName: queue?.name };
      const payload = { kind: "message", conversationId, message, ...(agent && { agent }) };
      await context.deliver(deliveryId("message", conversationId, messageId), payload);
      lastMessageAt = context.access.now();
      report();
    },
    async onContext({ conversationId, channel, queue, agent, language, participantId, reopenedAt }) {
      const said = { queue, agent, channel, language, participantId, reopenedAt };
      const id = deliveryId("context", conversationId, derivedId(JSON.stringify(said)));
      const at = new Date(context.access.now()).toISOString();
      await context.deliver(id, { kind: "context", conversationId, ...said, at });
    },
    async onEnded(conversationId, reason, at) {
      const id = deliveryId("ended", conversationId, at ?? "");
      await context.deliver(id, { kind: "chat.ended", conversationId, reason, at });
    },
    onUnknown(topic, sample) {
      const id = deliveryId("unknown", derivedId(topic, JSON.stringify(sample) ?? ""));
      // A sample is worth no second try; the feed's figures count it in any case.
      context.deliver(id, { kind: "unknown", topic, sample }).catch(() => {});
    },
    onState(told) {
      state = stateOf(told);
      report();
    },
  };
}

function stateOf(told: FeedState): Pick<SubscriptionState, "state" | "detail"> {
  const detail = told.state === "signed-out" ? told.problem : told.detail;
  return { state: told.state === "ready" ? "live" : "waiting", ...(detail && { detail }) };
}

const deliveryId = (...parts: string[]) => parts.map(encodeURIComponent).join("/");
