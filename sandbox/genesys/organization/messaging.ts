import { badRequest, conflict, missingPermission, notFound } from "./api-error.ts";
import type { Clock } from "./clock.ts";
import { type Conversation, isActive, type MessageRecord, type Participant } from "./conversation.ts";
import type { Interactions } from "./interactions.ts";
import type { Publish } from "./publish.ts";
import type { Random } from "./random.ts";
import type { Token } from "./tokens.ts";

export type CustomerMessage = { text?: string; attachment?: { mime: string; filename: string } };
export type SentMessage = {
  messageId: string;
  conversationId: string;
  communicationId: string;
  text: string;
  userId: string;
  at: number;
};
export type Messaging = ReturnType<typeof createMessaging>;

type Deps = { clock: Clock; random: Random; interactions: Interactions; publish: Publish };

type Recorder = (
  conversation: Conversation,
  message: Pick<MessageRecord, "participantIds" | "direction" | "kind" | "status"> & Partial<MessageRecord>,
) => MessageRecord;

/** What is written in a conversation, by both sides, with the several events that one message makes. */
export function createMessaging(deps: Deps) {
  const { clock, random, interactions } = deps;
  let sent: SentMessage[] = [];
  const record: Recorder = (conversation, message) => {
    // never two at one moment: the order of a bulk answer is found again by time alone
    const at = Math.max(clock.now(), (conversation.messages.at(-1)?.at ?? 0) + 1);
    const complete = { id: random.uuid(), conversationId: conversation.id, at, ...message };
    conversation.messages.push(complete);
    return complete;
  };
  return {
    ...customerSide(deps, record),
    ...agentSide(deps, record, (message) => sent.push(message)),
    message(conversationId: string, messageId: string): MessageRecord {
      const found = interactions.find(conversationId).messages.find(({ id }) => id === messageId);
      if (!found) throw notFound("message", messageId);
      return found;
    },
    sent: () => sent,
    clear(): void {
      sent = [];
    },
  };
}

function customerSide({ random, interactions, publish }: Deps, record: Recorder) {
  const present = (conversationId: string) => {
    const conversation = interactions.find(conversationId);
    const customer = conversation.participants.find(
      (one) => one.purpose === "customer" && one.state === "connected",
    );
    if (!customer) throw conflict("The customer has left the conversation.");
    return { conversation, customer };
  };
  return {
    /** The message shows on the customer's communication first, then on that of whoever reads it. */
    customerWrites(conversationId: string, { text, attachment }: CustomerMessage): MessageRecord {
      const { conversation, customer } = present(conversationId);
      if (!text && !attachment) throw badRequest("A message has a text or an attachment.");
      const message = record(conversation, {
        participantIds: [customer.id],
        direction: "inbound",
        kind: text ? "Text" : "Structured",
        text,
        ...(attachment && { attachment: { id: random.uuid(), ...attachment } }),
        status: "received",
      });
      publish(conversation);
      message.participantIds.push(...activeOthers(conversation));
      publish(conversation);
      return message;
    },
    customerTypes(conversationId: string): MessageRecord {
      const { conversation, customer } = present(conversationId);
      const event = record(conversation, {
        participantIds: [customer.id],
        direction: "inbound",
        kind: "Event",
        status: "received",
      });
      publish(conversation);
      return event;
    },
  };
}

function agentSide(
  { interactions, publish }: Deps,
  record: Recorder,
  onSent: (message: SentMessage) => void,
) {
  return {
    /** Only the connected agent's own token sends, and only on that agent's communication. */
    send(conversationId: string, communicationId: string, text: string, token: Token): MessageRecord {
      const conversation = interactions.find(conversationId);
      const agent = agentOn(conversation, communicationId, token);
      if (agent.state !== "connected") throw conflict("The communication is not connected.");
      const message = record(conversation, {
        participantIds: [agent.id],
        direction: "outbound",
        kind: "Text",
        text,
        status: "queued",
        createdBy: agent.userId,
      });
      const { id: messageId, at } = message;
      onSent({ messageId, conversationId, communicationId, text, userId: agent.userId ?? "", at });
      publish(conversation);
      // the two later statuses come when the sender already has its answer, as on the platform
      setImmediate(() => {
        for (const status of ["sent", "delivery-success"] as const) {
          message.status = status;
          publish(conversation);
        }
      });
      return message;
    },
    /** Refuses as `send` would; typing itself leaves no trace with the agent. */
    agentTypes(conversationId: string, communicationId: string, token: Token): void {
      agentOn(interactions.find(conversationId), communicationId, token);
    },
  };
}

function agentOn(conversation: Conversation, communicationId: string, token: Token): Participant {
  if (!token.user) throw missingPermission("conversation:message:create");
  const agent = conversation.participants.find((one) => one.communicationId === communicationId);
  if (!agent) throw notFound("communication", communicationId);
  if (agent.userId !== token.user.id) throw missingPermission("conversation:message:create");
  return agent;
}

function activeOthers({ participants }: Conversation): string[] {
  return participants.filter((one) => isActive(one) && one.purpose !== "customer").map(({ id }) => id);
}
