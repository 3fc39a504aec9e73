import { randomUUID } from "node:crypto";
import { notFound } from "../google-error.ts";

export type Role = "END_USER" | "HUMAN_AGENT" | "AUTOMATED_AGENT";
export type Line = { name: string; role: Role; content: string; createTime: string };
export type Conversation = {
  name: string;
  profile: string;
  lifecycleState: "IN_PROGRESS" | "COMPLETED";
  startTime: string;
  endTime?: string;
  phone: boolean;
  lines: Line[];
};

export type Profile = { id: string; displayName: string; messageFormat: "JSON" | "PROTO" };

export type ContactCenterOptions = {
  project: string;
  location: string;
  now: () => number;
  /** Publishes an event's JSON on the topic of the profiles. */
  publish(body: object, attributes?: Record<string, string>): string;
};

type NewConversation = {
  id?: string | undefined;
  profileId?: string | undefined;
  phone?: boolean | undefined;
};

export type ContactCenter = ReturnType<typeof createContactCenter>;

const PROFILES: readonly Profile[] = [
  { id: "billing-desk", displayName: "Billing desk", messageFormat: "JSON" },
  { id: "delivery-desk", displayName: "Delivery desk", messageFormat: "JSON" },
];

/** Conversations under profiles, and the events that Dialogflow publishes of them (contract section 3). */
export function createContactCenter({ project, location, now, publish }: ContactCenterOptions) {
  const parent = `projects/${project}/locations/${location}`;
  const profiles = PROFILES.map((profile) => ({ ...profile }));
  const conversations = new Map<string, Conversation>();
  const at = () => new Date(now()).toISOString();

  const find = (id: string): Conversation => {
    const found = conversations.get(id) ?? [...conversations.values()].find(({ name }) => name === id);
    if (!found) throw notFound(`conversation ${id}`);
    return found;
  };
  const tell = (
    conversation: Conversation,
    type: string,
    more: object = {},
    attributes?: Record<string, string>,
  ) => publish({ conversation: conversation.name, type, ...more }, attributes);

  const say = (id: string, role: Role, content: string, messageId: string = randomUUID()): Line => {
    const conversation = find(id);
    const line = { name: `${conversation.name}/messages/${messageId}`, role, content, createTime: at() };
    conversation.lines.push(line);
    tell(conversation, "NEW_MESSAGE", { newMessagePayload: messageBody(conversation, line) });
    return line;
  };

  return {
    parent,
    profiles,
    find,
    all: () => [...conversations.values()],
    start({
      id = randomUUID() as string,
      profileId = "billing-desk",
      phone = false,
    }: NewConversation = {}): Conversation {
      const conversation: Conversation = {
        name: `${parent}/conversations/${id}`,
        profile: `${parent}/conversationProfiles/${profileId}`,
        lifecycleState: "IN_PROGRESS",
        startTime: at(),
        phone,
        lines: [],
      };
      conversations.set(id, conversation);
      tell(conversation, "CONVERSATION_STARTED");
      return conversation;
    },
    say,
    /** A sentence of a call: words while it is spoken, then the final, and the message that it becomes. */
    speak(id: string, role: Role, content: string): Line {
      const messageId = randomUUID();
      const attributes = { participant_role: role, message_id: messageId };
      for (const payload of recognitionOf(content))
        tell(find(id), "NEW_RECOGNITION_RESULT", { newRecognitionResultPayload: payload }, attributes);
      return say(id, role, content, messageId);
    },
    /** Agent Assist's own suggestions, as they are published for the agent. */
    suggest: (id: string, suggestionResults: readonly object[]) => {
      const { name } = find(id);
      return publish({
        conversation: name,
        participant: `${name}/participants/human-agent`,
        suggestionResults,
      });
    },
    finish(id: string): void {
      const conversation = find(id);
      conversation.lifecycleState = "COMPLETED";
      conversation.endTime ??= at();
      tell(conversation, "CONVERSATION_FINISHED");
    },
  };
}

function messageBody(conversation: Conversation, { name, role, content, createTime }: Line): object {
  const participant = `${conversation.name}/participants/${role.toLowerCase().replace("_", "-")}`;
  const times = { createTime, sendTime: createTime };
  return { name, content, languageCode: "en-US", participant, participantRole: role, ...times };
}

function recognitionOf(content: string): object[] {
  const result = { messageType: "TRANSCRIPT", confidence: 0.92 };
  const begun = content.slice(0, Math.ceil(content.length / 2));
  return [
    { ...result, transcript: begun, isFinal: false },
    { ...result, transcript: content, isFinal: true },
  ];
}
