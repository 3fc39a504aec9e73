import type { WidgetContext } from "#/lib/connectors/widget-provider.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import type { HostMessage, HostPageProvider } from "./host-page-provider.ts";
import { createTalks, type Talk } from "./talks.ts";
import type { WidgetAddress } from "./widget-address.ts";
import { openSession } from "./widget-session.ts";

/** What the widget shows: nothing to follow yet, or one conversation. */
export type WidgetState = { talk?: Talk; context?: WidgetContext };

export type WidgetController = {
  state(): WidgetState;
  subscribe(listener: () => void): () => void;
  stop(): void;
};

type Options = {
  platform: PlatformId;
  connection: string;
  address: WidgetAddress;
  provider: HostPageProvider;
};

/** Follows what the desktop shows, and forwards the messages that it tells of. */
export function startWidget({ platform, connection, address, provider }: Options): WidgetController {
  const listeners = new Set<() => void>();
  let state: WidgetState = {};
  const show = (next: WidgetState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const talks = createTalks(
    (conversationId) => {
      const { agent } = state.context ?? {};
      const { embedToken, agentId, agentName } = address;
      const named = agent ? { agentId: agent.id, agentName: agent.name } : { agentId, agentName };
      return openSession({ platform, connection, embedToken, conversationId, ...named });
    },
    (talk) => {
      if (state.talk?.conversationId === talk.conversationId) show({ ...state, talk });
    },
  );

  const follow = (context: WidgetContext) => {
    state = { ...state, context };
    // A refusal is shown as the talk's own state.
    talks.linkOf(context.conversationId).then(
      (link) => link.context(context),
      () => {},
    );
    show({ context, talk: talks.get(context.conversationId) });
  };
  const forward = async (message: HostMessage) => {
    if (!state.talk) follow({ conversationId: message.conversationId });
    const { conversationId, messageId } = message;
    const queue = state.context?.conversationId === conversationId ? state.context.queue : undefined;
    const link = await talks.linkOf(conversationId);
    const known = { queueId: queue?.id, queueName: queue?.name };
    const answer = await link.forward(messageId, { ...known, ...withoutUndefined(message) });
    if (answer.ok) provider.accepted(messageId);
  };

  const stopProvider = provider.start({
    onContext: follow,
    onMessage: (message) => void forward(message).catch(() => {}),
  });
  if (address.conversationId) follow({ conversationId: address.conversationId });

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => {
      stopProvider();
      talks.close();
    },
  };
}

/** What is undefined in a message would hide what is known from its context. */
const withoutUndefined = (message: HostMessage) =>
  Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined));
