import type { Conversation, MessageRecord, Participant } from "./conversation.ts";
import type { Directory } from "./directory.ts";

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** The two shapes of contract section 4.2: the same conversation, told as communications (A) or as messages (B). */
export function shapeA(conversation: Conversation): Record<string, unknown> {
  return {
    id: conversation.id,
    startTime: iso(conversation.startedAt),
    endTime: iso(conversation.endedAt),
    participants: conversation.participants.map((participant) => ({
      ...participantFields(participant),
      userId: participant.userId,
      queueId: participant.queueId,
      name: participant.name,
      ...(conversation.media === "call"
        ? { calls: [call(participant)], messages: [] }
        : { calls: [], messages: [messageCommunication(conversation, participant)] }),
    })),
    divisions: [{ division: { id: conversation.organizationId }, entities: [] }],
    recordingState: "none",
    selfUri: `/api/v2/conversations/${conversation.id}`,
  };
}

export function shapeB(conversation: Conversation, directory: Directory): Record<string, unknown> {
  return flattened(conversation, directory, (message) => ({ message: { id: message.id } }));
}

/** What GET /conversations/messages/{id} answers: flat like B, with the ids under names of their own. */
export function restMessageConversation(
  conversation: Conversation,
  directory: Directory,
): Record<string, unknown> {
  const path = `/api/v2/conversations/messages/${conversation.id}`;
  return {
    ...flattened(conversation, directory, ({ id }) => ({
      messageId: id,
      messageURI: `${path}/messages/${id}`,
    })),
    selfUri: path,
  };
}

function participantFields(participant: Participant): Record<string, unknown> {
  const agent = participant.purpose === "agent";
  return {
    id: participant.id,
    purpose: participant.purpose,
    connectedTime: iso(participant.connectedAt),
    endTime: iso(participant.endedAt),
    ...(agent && {
      wrapupRequired: true,
      wrapupPrompt: "optional",
      wrapup: participant.wrapUp && wrapUpBody(participant.wrapUp),
    }),
    attributes: {},
  };
}

export function wrapUpBody({ at, ...wrapUp }: NonNullable<Participant["wrapUp"]>): Record<string, unknown> {
  return { ...wrapUp, endTime: iso(at) };
}

function communication(participant: Participant): Record<string, unknown> {
  return {
    id: participant.communicationId,
    state: participant.state,
    initialState: participant.purpose === "agent" ? "alerting" : "connected",
    direction: "inbound",
    connectedTime: iso(participant.connectedAt),
    disconnectedTime: iso(participant.endedAt),
    afterCallWorkRequired: participant.purpose === "agent",
    ...(participant.acw && {
      afterCallWork: {
        state: participant.acw.endedAt === undefined ? "pending" : "complete",
        startTime: iso(participant.acw.startedAt),
        endTime: iso(participant.acw.endedAt),
      },
    }),
  };
}

function messageCommunication(conversation: Conversation, participant: Participant): object {
  return {
    ...communication(participant),
    type: "webmessaging",
    toAddress: { name: "Larkfield", addressNormalized: "larkfield-messenger" },
    fromAddress: { name: "Customer", addressNormalized: conversation.id },
    messages: messagesOf(conversation, participant).map((message) => ({
      messageId: message.id,
      ...messageFields(message),
    })),
  };
}

function call(participant: Participant): object {
  return {
    ...communication(participant),
    held: false,
    muted: false,
    confined: false,
    recording: false,
    provider: "Edge",
    self: { name: participant.name, addressRaw: "tel:+15550199" },
    other: { name: "", addressRaw: "tel:+15550100" },
  };
}

function flattened(
  conversation: Conversation,
  directory: Directory,
  nameOf: (message: MessageRecord) => object,
): Record<string, unknown> {
  return {
    id: conversation.id,
    participants: conversation.participants.map((participant) => ({
      ...participantFields(participant),
      state: participant.state,
      initialState: participant.purpose === "agent" ? "alerting" : "connected",
      direction: "inbound",
      type: "webmessaging",
      ...(participant.userId && { user: { id: participant.userId, name: participant.name } }),
      ...(participant.queueId && {
        queue: { id: participant.queueId, name: queueName(participant.queueId, directory) },
        conversationRoutingData: { queue: { id: participant.queueId }, skills: [], priority: 0 },
      }),
      messages: messagesOf(conversation, participant).map((message) => ({
        ...nameOf(message),
        ...messageFields(message),
      })),
    })),
  };
}

/** A removed queue keeps its id in old conversations. */
function queueName(queueId: string, directory: Directory): string | undefined {
  return directory
    .organizations()
    .flatMap(({ id }) => directory.queues(id))
    .find(({ id }) => id === queueId)?.name;
}

function messagesOf(conversation: Conversation, { id }: Participant): MessageRecord[] {
  return conversation.messages.filter(({ participantIds }) => participantIds.includes(id));
}

function messageFields(message: MessageRecord): Record<string, unknown> {
  return {
    messageTime: iso(message.at),
    messageStatus: message.status,
    messageSegmentCount: 1,
    media: message.attachment ? [attachmentMedia(message.attachment)] : [],
    messageMetadata: {
      type: message.kind,
      events: message.kind === "Event" ? [{ eventType: "Typing", subType: "On" }] : [],
      content: message.attachment ? [{ type: "Attachment", subType: "Image" }] : [],
    },
  };
}

export function attachmentMedia({ id, mime, filename }: NonNullable<MessageRecord["attachment"]>): object {
  return { id, mediaType: mime, name: filename, url: `https://media.invalid/${id}/${filename}` };
}
