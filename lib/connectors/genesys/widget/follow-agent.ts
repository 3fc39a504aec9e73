import type { PlatformAccess } from "../../platform-access.ts";
import type { ProviderState, WidgetHandlers } from "../../widget-provider.ts";
import type { SignedInAgent } from "../../widget-sign-in.ts";
import type { GenesysClient } from "../api/genesys-client.ts";
import type { OpenSocket } from "../notifications/channel-socket.ts";
import type { ConversationFeed } from "../notifications/conversation-feed.ts";
import { holdChannel } from "./hold-channel.ts";
import {
  type AgentsMessage,
  createMemory,
  createReceiver,
  type OwnMessage,
  type SharedFact,
  type SiblingMessage,
} from "./shared-feed.ts";
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
  let memory = createMemory();
  let feed: ConversationFeed | undefined;
  let user: string | undefined;
  let stopLeading = () => {};

  /** Another frame of this browser may have another agent, who must not hear of it. */
  const tellOwn = (message: OwnMessage) => {
    if (user !== undefined) siblings.tell({ ...message, userId: user });
  };
  const share = (fact: SharedFact) => {
    memory.keep(fact);
    receive(fact);
    tellOwn({ kind: "fact", fact });
  };
  const lead = (agent: SignedInAgent, signal: AbortSignal) => {
    const held = holdChannel({
      ...following,
      user: agent.user,
      onFact: share,
      onState: (state) => {
        tellState(state);
        tellOwn({ kind: "state", state });
      },
      onUnknown: handlers.onUnknown,
    });
    feed = held;
    const close = () => {
      held.close();
      if (feed === held) feed = undefined;
    };
    signal.addEventListener("abort", close, { once: true });
    tellOwn({ kind: "leading" });
    if (own) void held.look(own).catch(() => {});
  };
  /** The channel's holder was asked of a conversation: says what it knows and has the platform asked too. */
  const tellOf = (conversationId: string) => {
    if (!feed) return;
    for (const fact of memory.of(conversationId)) tellOwn({ kind: "fact", fact });
    void feed.look(conversationId).catch(() => {});
  };
  const hearOwn = (message: AgentsMessage) => {
    if (message.kind === "look") tellOf(message.conversationId);
    else if (message.kind === "leading") askLeader();
    else if (message.kind === "state") tellState(message.state);
    else receive(message.fact);
  };
  const askLeader = () => {
    if (own) tellOwn({ kind: "look", conversationId: own });
  };

  return {
    receive: share,
    follow(agent, before) {
      if (own) receive({ kind: "context", context: { conversationId: own, agent: agent.user } });
      if (before?.user.id === agent.user.id) return feed?.renew();
      // Another agent's turn: widgets of the one before may hold that channel from now on.
      stopLeading();
      user = agent.user.id;
      memory = createMemory();
      stopLeading = siblings.lead(`channel of ${agent.user.id}`, (signal) => lead(agent, signal));
      askLeader();
    },
    hear(message) {
      if (message.kind === "who" || message.kind === "agent") return;
      if (message.userId === user) hearOwn(message);
    },
    close: () => feed?.close(),
  };
}
