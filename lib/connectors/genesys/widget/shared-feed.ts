import type { ProviderState, WidgetContext, WidgetMessage } from "../../widget-provider.ts";
import type { SignedInAgent } from "../../widget-sign-in.ts";

/** What a chat's message tells beside its words. */
export type SharedMessage = WidgetMessage & { queueId?: string; queueName?: string };

/** What the widgets of one browser tell each other; two of them may have different agents for a while. */
export type SiblingMessage =
  /** Is anybody signed in? */
  { kind: "who" } | { kind: "agent"; agent: SignedInAgent } | AgentsMessage;

/** Of one agent's channel. */
export type OwnMessage =
  /** Holds the channel from now on. */
  | { kind: "leading" }
  /** I show this conversation: what is known of it? */
  | { kind: "look"; conversationId: string }
  | { kind: "state"; state: ProviderState }
  | { kind: "fact"; fact: SharedFact };

/** Says whose, so that the widgets of another agent leave it. */
export type AgentsMessage = OwnMessage & { userId: string };

export type SharedFact =
  | { kind: "message"; message: SharedMessage }
  | { kind: "context"; context: WidgetContext }
  | { kind: "ended"; conversationId: string; reason: string; at?: string };

const MOST_CONVERSATIONS = 30;
const MOST_MESSAGES = 300;

const conversationOf = (fact: SharedFact): string => {
  if (fact.kind === "message") return fact.message.conversationId;
  return fact.kind === "context" ? fact.context.conversationId : fact.conversationId;
};

/** What the holder of the channel has heard, for widgets that open later: the channel tells each thing once. */
export function createMemory() {
  const kept = new Map<string, { facts: SharedFact[]; context?: SharedFact }>();
  return {
    keep(fact: SharedFact): void {
      const id = conversationOf(fact);
      const entry = kept.get(id) ?? { facts: [] };
      kept.delete(id);
      kept.set(id, entry);
      if (fact.kind === "context") entry.context = fact;
      else entry.facts.push(fact);
      if (entry.facts.length > MOST_MESSAGES) entry.facts.shift();
      for (const [oldest] of kept) {
        if (kept.size <= MOST_CONVERSATIONS) break;
        kept.delete(oldest);
      }
    },
    of(conversationId: string): SharedFact[] {
      const { facts = [], context } = kept.get(conversationId) ?? {};
      return context ? [context, ...facts] : facts;
    },
  };
}

/** Hands on what concerns the conversation that this widget shows (all of them, where it was opened for none), each message once. */
export function createReceiver(
  own: string | undefined,
  handlers: {
    onMessage(message: SharedMessage): void;
    onContext(context: WidgetContext): void;
    onEnded?(conversationId: string, reason: string, at?: string): void;
  },
) {
  const forwarded = new Set<string>();
  return (fact: SharedFact): void => {
    const conversationId = conversationOf(fact);
    if (own !== undefined && conversationId !== own) return;
    if (fact.kind === "context") handlers.onContext(fact.context);
    else if (fact.kind === "ended") handlers.onEnded?.(conversationId, fact.reason, fact.at);
    else if (!forwarded.has(keyOf(fact.message))) {
      forwarded.add(keyOf(fact.message));
      handlers.onMessage(fact.message);
    }
  };
}

const keyOf = ({ conversationId, messageId }: SharedMessage) => `${conversationId} ${messageId}`;
