import { conflict, notFound } from "./api-error.ts";
import type { Clock } from "./clock.ts";
import {
  type Conversation,
  inAcw,
  isActive,
  lastAgent,
  type Media,
  type Participant,
} from "./conversation.ts";
import type { Directory } from "./directory.ts";
import type { Publish } from "./publish.ts";
import type { Random } from "./random.ts";
import { createRoster } from "./roster.ts";
import type { Settings } from "./settings.ts";

export type InteractionDeps = {
  clock: Clock;
  random: Random;
  settings: Settings;
  directory: Directory;
  publish: Publish;
};

export type NewConversation = {
  media?: Media;
  queueId: string;
  conversationId?: string;
  customerName?: string;
};
export type Interactions = ReturnType<typeof createInteractions>;

/** Who is in a conversation and how they come and go; every change is an event. */
export function createInteractions(deps: InteractionDeps) {
  const { clock, random, directory, publish } = deps;
  const conversations = new Map<string, Conversation>();
  const find = (id: string): Conversation => {
    const conversation = conversations.get(id);
    if (!conversation) throw notFound("conversation", id);
    return conversation;
  };
  const { join, alert, toQueue, leave, end, settle } = createRoster(deps);

  return {
    find,
    all: () => [...conversations.values()],
    /** The customer is there and waits on a queue. */
    start({ media = "message", queueId, conversationId, customerName }: NewConversation): Conversation {
      const queue = directory.queue(queueId);
      const conversation: Conversation = {
        id: conversationId ?? random.uuid(),
        organizationId: queue.organizationId,
        media,
        startedAt: clock.now(),
        participants: [],
        messages: [],
      };
      conversations.set(conversation.id, conversation);
      join(conversation, { purpose: "customer", state: "connected", name: customerName ?? "Customer" });
      toQueue(conversation, queueId);
      publish(conversation);
      return conversation;
    },
    /** Rings at an agent's desk; the queue keeps the customer until the answer. */
    offer(conversationId: string, userId: string): Participant {
      const conversation = find(conversationId);
      const participant = alert(conversation, userId);
      publish(conversation);
      return participant;
    },
    /** The agent is connected; whoever had the conversation before leaves it. */
    answer(conversationId: string, userId: string): Participant {
      const conversation = find(conversationId);
      const ringing = conversation.participants.findLast(
        (one) => one.userId === userId && one.state === "alerting",
      );
      const agent = ringing ?? alert(conversation, userId);
      agent.state = "connected";
      agent.connectedAt = clock.now();
      for (const other of conversation.participants) {
        if (other !== agent && other.purpose !== "customer" && isActive(other)) leave(other, conversation);
      }
      publish(conversation);
      return agent;
    },
    /** To another queue: the agent is out at once. To another agent: only when that one answers. */
    transfer(conversationId: string, to: { userId: string } | { queueId: string }): Participant {
      const conversation = find(conversationId);
      const leaving = lastAgent(conversation);
      if (!leaving || !isActive(leaving)) throw conflict("No agent is connected.");
      const next = "userId" in to ? alert(conversation, to.userId) : toQueue(conversation, to.queueId);
      if ("queueId" in to) leave(leaving, conversation);
      publish(conversation);
      return next;
    },
    /** The customer is gone: everyone is, and the agent's after-call work begins. */
    customerLeaves: (conversationId: string) => end(find(conversationId)),
    agentEnds: (conversationId: string) => end(find(conversationId)),
    completeAcw(conversation: Conversation, participant: Participant): void {
      if (participant.acw && inAcw(participant)) participant.acw.endedAt = clock.now();
      settle(conversation);
    },
    clear: () => conversations.clear(),
  };
}
