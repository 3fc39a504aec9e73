import * as z from "zod";
import type { WidgetContext, WidgetMessage } from "../../widget-provider.ts";

const id = z.string().min(1).max(200);
const text = z.string().min(1).max(200).optional().catch(undefined);

const envelopeSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("event"),
    message: z.object({ eventName: z.string(), value: z.unknown().optional() }),
  }),
  z.object({
    type: z.literal("response"),
    message: z.object({ namespace: z.string(), request: z.string(), value: z.unknown().optional() }),
  }),
]);

const startedSchema = z.object({
  interactionId: id,
  interactionType: text,
  queueId: text,
  queueName: text,
  agentName: text,
});
const focusSchema = z.object({
  interactionId: id,
  queue: z.object({ id: text, queueId: text, queueName: text }).optional().catch(undefined),
});
const userSchema = z.object({ userId: text, loginId: text, email: text, name: text });
const chatMessageSchema = z.object({
  id: z.union([id, z.number().transform(String)]),
  timestamp: z.number().optional().catch(undefined),
  type: text,
  rawMessage: z.string().max(20_000),
  author: z.object({ id: text, email: text }).optional().catch(undefined),
  isBot: z.boolean().optional().catch(undefined),
});
const contextSchema = z.object({
  locale: text,
  theme: z.enum(["light", "dark"]).optional().catch(undefined),
});

export type WorkspaceEvent =
  | { kind: "appearance"; locale?: string; theme?: "light" | "dark" }
  | { kind: "user"; names: string[]; name?: string }
  /** `started`: it comes to the agent, for the first time or again; otherwise it is only looked at. */
  | { kind: "context"; context: WidgetContext; started?: boolean }
  | { kind: "ended"; conversationId: string }
  | { kind: "messages"; messages: WidgetMessage[] }
  /** Known, and nothing to us. */
  | { kind: "nothing" }
  | { kind: "unknown"; topic: string; payload: unknown };

export type WorkspaceReading = {
  /** Names of the agent, to tell whose a chat's message is. */
  agentNames: ReadonlySet<string>;
  /** The event that the tenant has agreed with 8x8 for new messages of customers. */
  inboundEvent: string | undefined;
};

const SILENT =
  /^aw-(hold|resume|mute|unmute|close-agent-assist|interaction-wrap-up-codes)|^(hold|resume|mute|unmute)-v1$/;

/** What Agent Workspace sent, in our own words; a shape that it does not have yet is sampled and never fatal. */
export function readWorkspace(data: unknown, reading: WorkspaceReading): WorkspaceEvent {
  const envelope = envelopeSchema.safeParse(data);
  if (!envelope.success) return { kind: "nothing" };
  if (envelope.data.type === "response") {
    const { request, value } = envelope.data.message;
    const context = contextSchema.safeParse(value);
    return request === "getContext" && context.success
      ? { kind: "appearance", ...context.data }
      : { kind: "nothing" };
  }
  const { eventName, value } = envelope.data.message;
  return readEvent(eventName, value, reading) ?? { kind: "unknown", topic: eventName, payload: value };
}

function readEvent(name: string, value: unknown, reading: WorkspaceReading): WorkspaceEvent | undefined {
  if (name === "global-user-details-v1") return readUser(value);
  if (name === "aw-interaction-started-v1") return readStarted(value);
  if (/^aw-interaction-focus-v\d$/.test(name)) return readFocus(value);
  if (name === "aw-interaction-ended-v1") {
    const ended = z.object({ interactionId: id }).safeParse(value);
    return ended.success ? { kind: "ended", conversationId: ended.data.interactionId } : undefined;
  }
  if (name === "aw-chat-init-v1") return readChat(value, (message) => authorOf(message, reading));
  if (name === "aw-chat-message-sent-v1") return readChat(value, () => "agent");
  if (name === reading.inboundEvent) return readChat(value, () => "customer");
  return SILENT.test(name) ? { kind: "nothing" } : undefined;
}

function readUser(value: unknown): WorkspaceEvent | undefined {
  const user = userSchema.safeParse(value);
  if (!user.success) return undefined;
  const { userId, loginId, email, name } = user.data;
  return { kind: "user", names: [userId, loginId, email].filter((each) => each !== undefined), name };
}

function readStarted(value: unknown): WorkspaceEvent | undefined {
  const started = startedSchema.safeParse(value);
  if (!started.success) return undefined;
  const { interactionId: conversationId, interactionType, queueId, queueName } = started.data;
  const channel =
    interactionType === "phone"
      ? "voice"
      : interactionType && interactionType !== "email"
        ? "chat"
        : undefined;
  const queue = queueId ? { id: queueId, name: queueName } : undefined;
  return { kind: "context", started: true, context: { conversationId, channel, queue } };
}

function readFocus(value: unknown): WorkspaceEvent | undefined {
  const focus = focusSchema.safeParse(value);
  if (!focus.success) return undefined;
  const { interactionId: conversationId, queue } = focus.data;
  const queueId = queue?.queueId ?? queue?.id;
  return {
    kind: "context",
    context: { conversationId, queue: queueId ? { id: queueId, name: queue?.queueName } : undefined },
  };
}

type ChatMessage = z.output<typeof chatMessageSchema>;

function readChat(
  value: unknown,
  fromOf: (message: ChatMessage) => "agent" | "customer",
): WorkspaceEvent | undefined {
  const chat = z
    .object({ interactionId: id, messages: z.array(z.unknown()).optional(), message: z.unknown().optional() })
    .safeParse(value);
  if (!chat.success) return undefined;
  const { interactionId: conversationId, messages = [chat.data.message] } = chat.data;
  const read = messages.map((each) => chatMessageSchema.safeParse(each)).filter((each) => each.success);
  if (read.length === 0 && messages.length > 0) return undefined;
  return {
    kind: "messages",
    messages: read
      .filter(({ data }) => data.rawMessage.trim() !== "")
      .map(({ data }) => ({
        conversationId,
        messageId: data.id,
        from: fromOf(data),
        text: data.rawMessage,
        ...(data.timestamp !== undefined && { at: new Date(data.timestamp).toISOString() }),
      })),
  };
}

/** A bot speaks for us. Whoever is not known to be the agent is taken for the customer, whose words ask for an answer. */
const authorOf = ({ author, isBot, type }: ChatMessage, { agentNames }: WorkspaceReading) =>
  isBot ||
  type === "agent" ||
  [author?.id, author?.email].some((name) => name && agentNames.has(name.toLowerCase()))
    ? "agent"
    : "customer";
