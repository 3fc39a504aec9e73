import type { PlatformAccess } from "../../platform-access.ts";
import type { ProviderState, WidgetHandlers } from "../../widget-provider.ts";
import type { SignedInAgent } from "../../widget-sign-in.ts";
import type { GenesysClient } from "../api/genesys-client.ts";
import type { OpenSocket } from "../notifications/channel-socket.ts";
import type { ConversationFeed } from "../notifications/conversation-feed.ts";
import { holdChannel } from "./hold-channel.ts";
import { createMemory, createReceiver, type SharedFact, type SiblingMessage } from "./shared-feed.ts";
import type { Siblings } from "./siblings.ts";

type Following = {
  client: GenesysClient;
  access: PlatformAccess;
  openSocket: OpenSocket;
  siblings: Siblings<SiblingMessage>;
  /** The conversation that the address names. */
  own: string | undefined;
  handlers: WidgetHandlers;
  tellState(state: ProviderState): void;
};

export type Follower = {
  follow(agent: SignedInAgent, before: SignedInAgent | undefined): void;
  hear(message: SiblingMessage): void;
  receive(fact: SharedFact): void;
  close(): void;
};

/** Listens to the agent's conversations: over the one channel where this widget holds it, else over the sibling that does. */
export function createFollower(following: Following): Follower {
  const { siblings, own, handlers, tellState } = following;
  const receive = createReceiver(own, handlers);
  const memory = createMemory();
  let feed: ConversationFeed | undefined;
  let user: string | undefined;
  let stopLeading = () => {};

  const share = (fact: SharedFact) => {
    memory.keep(fact);
    receive(fact);
    siblings.tell(fact);
  };
  const lead = (agent: SignedInAgent, signal: AbortSignal) => {
    const held = holdChannel({
      ...following,
      user: agent.user,
      onFact: share,
      onState: (state) => {
        tellState(state);
        siblings.tell({ kind: "state", state });
      },
      onUnknown: handlers.onUnknown,
    });
    feed = held;
    const close = () => {
      held.close();
      if (feed === held) feed = undefined;
    };
    signal.addEventListener("abort", close, { once: true });
    siblings.tell({ kind: "leading" });
    if (own) void held.look(own).catch(() => {});
  };
  /** The channel's holder was asked of a conversation: says what it knows and has the platform asked too. */
  const tellOf = (conversationId: string) => {
    if (!feed) return;
    for (const fact of memory.of(conversationId)) siblings.tell(fact);
    void feed.look(conversationId).catch(() => {});
  };
  const hearLeader = (message: SiblingMessage) => {
    if (message.kind === "leading") askLeader();
    else if (message.kind === "state") tellState(message.state);
    else if (isFact(message)) receive(message);
  };
  const askLeader = () => {
    if (own) siblings.tell({ kind: "look", conversationId: own });
  };

  return {
    receive: share,
    follow(agent, before) {
      if (own) receive({ kind: "context", context: { conversationId: own, agent: agent.user } });
      if (before?.user.id === agent.user.id) return feed?.renew();
      // Another agent's turn: widgets of the one before may hold that channel from now on.
      stopLeading();
      user = agent.user.id;
      stopLeading = siblings.lead(`channel of ${agent.user.id}`, (signal) => lead(agent, signal));
      askLeader();
    },
    hear(message) {
      if (message.kind === "look") tellOf(message.conversationId);
      else if (user !== undefined) hearLeader(message);
    },
    close: () => feed?.close(),
  };
}

function isFact(message: SiblingMessage): message is SharedFact {
  return message.kind === "message" || message.kind === "context" || message.kind === "ended";
}
