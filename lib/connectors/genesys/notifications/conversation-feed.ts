import type { PlatformAccess } from "../../platform-access.ts";
import type { GenesysClient } from "../api/genesys-client.ts";
import { createCatchUp, fetchConversation } from "./catch-up.ts";
import { MOST_TOPICS } from "./channel-api.ts";
import type { OpenSocket } from "./channel-socket.ts";
import { createStates, type FeedState } from "./feed-states.ts";
import { createKnownConversations } from "./known-conversations.ts";
import { openNotificationChannel } from "./notification-channel.ts";
import type { FeedContext, FeedMessage, FeedScope, WriteTarget } from "./tracked-conversation.ts";
import { createUnknownSampler } from "./unknown-sampler.ts";

/** Whoever answers a promise is waited for, and asked again when it rejects: a message counts once it was taken. */
export type FeedHandlers = {
  onMessage(message: FeedMessage): void | Promise<void>;
  onContext(context: FeedContext): void | Promise<void>;
  /** `transferred`: over for this agent only; `customer left` and `agent left`: over. It may reopen. */
  onEnded(conversationId: string, reason: string, at?: string): void | Promise<void>;
  /** A few an hour of each topic; `figures` counts them all. */
  onUnknown(topic: string, payload: unknown): void;
  onState(state: FeedState): void;
};

export type FeedFigures = {
  delivered: number;
  /** Typing, bots and pictures alone. */
  skipped: number;
  /** Listed by the platform and never to be had, or refused for good by whoever takes them. */
  abandoned: number;
  refetches: number;
  unknown: number;
  channels: number;
  sockets: number;
  catchUps: number;
};

export type ConversationFeed = {
  close(): void;
  target(conversationId: string): WriteTarget | undefined;
  /** Fetches a conversation that no event has told of yet, such as the one that a widget was opened for. */
  look(conversationId: string): Promise<void>;
  /** The client's token is another one now. */
  renew(): void;
  figures(): FeedFigures;
};

export type FeedOptions = {
  client: GenesysClient;
  access: PlatformAccess;
  openSocket: OpenSocket;
  scope: FeedScope;
  handlers: FeedHandlers;
  random?: () => number;
};

const CONVERSATION_TOPIC = /^v2\.(users|routing\.queues)\.[^.]+\.conversations(\.messages|\.calls)?$/;

/**
 * Listens to the conversations of a user, or of queues, and tells each message once, in the platform's order within
 * its conversation, however often and in whatever order events repeat it, and whatever connection breaks meanwhile.
 */
export function openConversationFeed(options: FeedOptions): ConversationFeed {
  const { client, access, scope, handlers } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const figures = { delivered: 0, skipped: 0, abandoned: 0, refetches: 0, catchUps: 0 };
  const unknown = createUnknownSampler(access.now, handlers.onUnknown);
  const states = createStates(handlers.onState);
  const known = createKnownConversations({
    client,
    access,
    scope,
    signal,
    figures,
    onMessage: handlers.onMessage,
    onContext: handlers.onContext,
    onEnded: (conversationId, { reason, at }) => handlers.onEnded(conversationId, reason, at),
    onUnknown: unknown.note,
    onTrouble: states.trouble,
  });
  const fetching = {
    client,
    access,
    scope,
    signal,
    open: known.open,
    apply: (body: unknown) => known.apply("conversation", body),
  };

  const catchUp = createCatchUp(fetching, {
    onDone() {
      figures.catchUps += 1;
      states.trouble(undefined);
    },
    onTrouble: states.trouble,
    random: options.random,
  });

  const channels = topicsOf(scope).map((topics) =>
    openNotificationChannel({
      ...options,
      topics,
      onEvent: (topic, body) => (CONVERSATION_TOPIC.test(topic) ? known.apply : unknown.note)(topic, body),
      onUnknown: unknown.note,
      onConnected: () => void catchUp(),
      onState: states.connection,
    }),
  );
  const sumOf = (name: "channels" | "sockets") =>
    channels.reduce((sum, channel) => sum + channel.figures()[name], 0);

  return {
    close() {
      closing.abort();
      for (const channel of channels) channel.close();
    },
    target: known.target,
    look: (conversationId) => fetchConversation(fetching, conversationId),
    renew() {
      for (const channel of channels) channel.renew();
    },
    figures: () => ({
      ...figures,
      unknown: unknown.total(),
      channels: sumOf("channels"),
      sockets: sumOf("sockets"),
    }),
  };
}

/** A user's two topics tell the two shapes: the first has the ids to write to, the second the names. */
function topicsOf(scope: FeedScope): string[][] {
  if (scope.kind === "user") return [[`v2.users.${scope.userId}?conversations&conversations.messages`]];
  const topics = scope.queueIds.map((id) => `v2.routing.queues.${id}.conversations.messages`);
  return Array.from({ length: Math.ceil(topics.length / MOST_TOPICS) }, (_, chunk) =>
    topics.slice(chunk * MOST_TOPICS, (chunk + 1) * MOST_TOPICS),
  );
}
