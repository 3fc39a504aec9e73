import { randomUUID } from "node:crypto";
import type { Delivery } from "#/lib/pipeline/delivery.ts";
import type { TestConnection } from "./tenant.ts";

type ChatFields = {
  conversationId?: string;
  messageId?: string;
  text?: string;
  from?: "customer" | "agent";
  at?: string;
};

/** A chat message as a widget forwards it. */
export function aChatMessage(place: TestConnection, fields: ChatFields = {}): Delivery {
  const { conversationId = "chat-1", messageId = randomUUID(), text = "Where is my parcel?" } = fields;
  const at = fields.at ?? new Date().toISOString();
  return {
    tenantId: place.tenantId,
    connectionId: place.connectionId,
    door: "widget",
    messageId: `widget:${conversationId}:${messageId}`,
    payload: {
      kind: "message",
      conversationId,
      message: { messageId, from: fields.from ?? "customer", text, at },
    },
    receivedAt: Date.now(),
  };
}
