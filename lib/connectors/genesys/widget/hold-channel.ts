import type { PlatformAccess } from "../../platform-access.ts";
import type { ProviderState, WidgetContext, WidgetHandlers } from "../../widget-provider.ts";
import type { GenesysClient } from "../api/genesys-client.ts";
import type { OpenSocket } from "../notifications/channel-socket.ts";
import { type ConversationFeed, openConversationFeed } from "../notifications/conversation-feed.ts";
import type { FeedContext, FeedMessage } from "../notifications/tracked-conversation.ts";
import type { SharedFact } from "./shared-feed.ts";

type Holding = {
  client: GenesysClient;
  access: PlatformAccess;
  openSocket: OpenSocket;
  user: { id: string; name?: string };
  onFact(fact: SharedFact): void;
  onState(state: ProviderState): void;
  onUnknown: WidgetHandlers["onUnknown"];
};

/** Opens the agent's notification channel and tells what it brings in the widget's own words. */
export function holdChannel({ user, onFact, onState, onUnknown, ...connected }: Holding): ConversationFeed {
  return openConversationFeed({
    ...connected,
    scope: { kind: "user", userId: user.id },
    handlers: {
      onMessage: (message) => onFact({ kind: "message", message: messageOf(message) }),
      onContext: (context) => onFact({ kind: "context", context: contextOf(context, user) }),
      onEnded: (conversationId, reason, at) => onFact({ kind: "ended", conversationId, reason, at }),
      onUnknown: (topic, payload) => onUnknown?.({ topic, payload }),
      onState,
    },
  });
}

function messageOf({ conversationId, messageId, from, text, at, queue }: FeedMessage) {
  return { conversationId, messageId, from, text, at, queueId: queue?.id, queueName: queue?.name };
}

/** The agent is whoever signed in here, also where the conversation names a colleague since. */
function contextOf(context: FeedContext, agent: Holding["user"]): WidgetContext {
  const { conversationId, queue, channel, language, participantId, reopenedAt } = context;
  return { conversationId, agent, queue, channel, language, participantId, reopenedAt };
}
