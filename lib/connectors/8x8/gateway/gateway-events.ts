import * as z from "zod";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { EventOf } from "../../event-of.ts";
import { momentOf } from "../transcript-fields.ts";

const id = z.string().min(1).max(200);

const messageSchema = z.object({
  conversationId: id,
  messageId: id,
  timestamp: z.union([z.string(), z.number()]).optional(),
  data: z.object({
    text: z.string().max(20_000).default(""),
    sender: z.object({ type: z.string(), id: id.optional(), name: z.string().max(200).optional() }),
    /** The channel's own message coming back. */
    isEcho: z.boolean().default(false),
  }),
});

/** Known events of the Chat Gateway that are no message (contract section 5). */
const SILENT = [
  "CONVERSATION_UPDATE",
  "QUEUED",
  "MEMBERS_CHANGED",
  "TRANSFER",
  "ACTIVITY",
  "WEB_HOOK_VERIFY",
];

/** The one documented way to a chat's text on a server: `MESSAGE` of the Chat Gateway. */
export function gatewayEvents(
  body: unknown,
  eventOf: (conversationId: string) => EventOf,
): ConversationEvent[] {
  const { eventType } = parse(z.looseObject({ eventType: z.string().max(100) }), body);
  if (SILENT.includes(eventType)) return [];
  if (eventType !== "MESSAGE")
    throw new AppError(
      "unknown_shape",
      `The Chat Gateway sent an event that this version does not know (${eventType}).`,
    );
  const { conversationId, messageId, timestamp, data } = parse(messageSchema, body);
  const text = data.text.trim();
  if (text === "" || data.isEcho) return [];
  const event = eventOf(conversationId);
  const at = momentOf(timestamp);
  const speaker = data.sender.type === "agent" ? ("agent" as const) : ("customer" as const);
  return [
    event({ type: "conversation.started", data: { channel: "chat" } }, ["chat"], at),
    event({ type: "utterance", data: { speaker, text, channel: "chat" } }, [messageId], at),
  ];
}
