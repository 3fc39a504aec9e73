export type FakeMessage = {
  id: string;
  from: "customer" | "agent";
  text?: string;
  at: number;
  type?: string;
  bot?: boolean;
  legacy?: boolean;
};
export type FakeParticipant = {
  id: string;
  purpose: "customer" | "agent" | "acd";
  state?: string;
  userId?: string;
  queueId?: string;
  connectedAt?: number;
  endedAt?: number;
};
export type FakeConversation = { id: string; participants: FakeParticipant[]; messages: FakeMessage[] };

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** One conversation in the form in which a topic or a request tells it. */
export function conversationBody(
  conversation: FakeConversation,
  shape: "communications" | "messages" | "listed",
): object {
  return {
    id: conversation.id,
    participants: conversation.participants.map((participant) => {
      const { id, purpose, userId, queueId, connectedAt, endedAt } = participant;
      const state = participant.state ?? (endedAt === undefined ? "connected" : "disconnected");
      const shared = { id, purpose, connectedTime: iso(connectedAt), endTime: iso(endedAt) };
      const messages = conversation.messages
        .filter(({ from }) => from === purpose)
        .map((message) => listed(message, shape));
      if (shape === "communications")
        return {
          ...shared,
          userId,
          queueId,
          name: `Name of ${id}`,
          messages: [{ id: `com-${id}`, state, messages }],
        };
      return {
        ...shared,
        state,
        ...(userId && { user: { id: userId, name: `Agent ${userId}` } }),
        ...(queueId && { queue: { id: queueId, name: `Queue ${queueId}` } }),
        messages,
      };
    }),
  };
}

function listed({ id, at, type = "Text" }: FakeMessage, shape: string): object {
  const name = shape === "messages" ? { message: { id } } : { messageId: id };
  return { ...name, messageTime: iso(at), messageMetadata: { type } };
}

export function messageBody({ id, from, text, at, type = "Text", bot, legacy }: FakeMessage): object {
  const inbound = from === "customer";
  return {
    id,
    timestamp: iso(at),
    direction: inbound ? "inbound" : "outbound",
    ...(legacy && { textBody: text }),
    normalizedMessage: {
      type,
      ...(!legacy && { text }),
      originatingEntity: bot ? "Bot" : "Human",
      content: [],
    },
  };
}
