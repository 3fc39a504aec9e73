import { and, eq, lt, type SQL, sql } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { events } from "#/drizzle/schema/events.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { type ConversationEvent, conversationEventSchema } from "#/lib/events/conversation-event.ts";
import { parse } from "#/lib/kernel/parse.ts";
import { appendDurable } from "#/lib/realtime/append-durable.ts";
import type { DurableBody, DurableMessage } from "#/lib/realtime/contract.ts";
import type { EventRow } from "./claim-conversation.ts";

type ConversationRow = typeof conversations.$inferSelect;

/** The canonical event that a stored row stands for. */
export function eventOf(row: EventRow, conversation: ConversationRow): ConversationEvent {
  return parse(conversationEventSchema, {
    id: row.id,
    tenantId: row.tenantId,
    connectionId: row.connectionId,
    platformConversationId: conversation.platformConversationId,
    occurredAt: row.occurredAt.toISOString(),
    type: row.type,
    data: row.data,
  });
}

/** The messages in the order in which widgets must show them. */
export type Recorded = { conversation: ConversationRow; messages: DurableMessage[] };

/**
 * Writes what the event says into the conversation and numbers what widgets must show of it.
 * Doing it again changes nothing: a retried event keeps its first message and number.
 */
export async function recordEvent(
  tx: TenantTransaction,
  event: ConversationEvent,
  conversationId: string,
): Promise<Recorded> {
  const reopened = await reopenChat(tx, event, conversationId);
  const conversation = await updateConversation(tx, event, conversationId);
  const append = (key: string, body: DurableBody) =>
    appendDurable(tx, {
      tenantId: event.tenantId,
      conversationId,
      platformConversationId: event.platformConversationId,
      key: `${key}:${event.id}`,
      eventId: event.id,
      body,
    });
  const body = bodyOf(event, conversation);
  const messages = [
    ...(reopened ? [await append("reopened", sessionBody(conversation))] : []),
    ...(body ? [await append("event", body)] : []),
  ];
  await tx
    .update(events)
    .set({ trail: sql`jsonb_set(${events.trail}, '{at,recorded}', ${Date.now()}::text::jsonb)` })
    .where(eq(events.id, event.id));
  return { conversation, messages };
}

/**
 * Web messaging stays open for days and comes back without a word of the platform: a line written after the end
 * says by itself that the chat goes on. Words of a call may be recognized late and say nothing of the kind.
 */
async function reopenChat(
  tx: TenantTransaction,
  event: ConversationEvent,
  conversationId: string,
): Promise<boolean> {
  if (event.type !== "utterance" || event.data.channel !== "chat") return false;
  const rows = await tx
    .update(conversations)
    .set({ endedAt: null })
    .where(and(eq(conversations.id, conversationId), lt(conversations.endedAt, new Date(event.occurredAt))))
    .returning({ id: conversations.id });
  return rows.length > 0;
}

/** Context may come in pieces and in any order: what an event does not know, it does not erase. */
async function updateConversation(
  tx: TenantTransaction,
  event: ConversationEvent,
  conversationId: string,
): Promise<ConversationRow> {
  const [row] = await tx
    .update(conversations)
    .set(contextOf(event))
    .where(eq(conversations.id, conversationId))
    .returning();
  if (!row) throw new Error("the conversation of a stored event is gone");
  return row;
}

type Changes = Omit<Partial<ConversationRow>, "endedAt"> & { endedAt?: Date | SQL };

/** What is started again goes on; a start that comes late reopens nothing that ended after it. */
const unlessEndedSince = (startedAt: string) =>
  sql`case when ${conversations.endedAt} >= ${startedAt}::timestamptz then ${conversations.endedAt} end`;

function contextOf(event: ConversationEvent): Changes {
  switch (event.type) {
    case "conversation.started":
    case "conversation.updated":
      return {
        channel: event.data.channel,
        queueId: event.data.queue?.id,
        queueName: event.data.queue?.name ?? event.data.queue?.id,
        agentId: event.data.agent?.id,
        agentName: event.data.agent?.name,
        language: event.data.language,
        ...(event.type === "conversation.started" && { endedAt: unlessEndedSince(event.occurredAt) }),
        updatedAt: new Date(),
      };
    case "conversation.ended":
      return { endedAt: new Date(event.occurredAt) };
    case "utterance":
      return { channel: event.data.channel, updatedAt: new Date() };
    case "transcript.gap":
    case "transcript.notice":
    case "question.asked":
    case "suggestion.offered":
      return { updatedAt: new Date() };
  }
}

function bodyOf(event: ConversationEvent, conversation: ConversationRow): DurableBody | undefined {
  switch (event.type) {
    case "conversation.started":
    case "conversation.updated":
    case "conversation.ended":
      return sessionBody(conversation);
    case "utterance": {
      const { utteranceId = event.id, confidence: _, ...said } = event.data;
      return { kind: "transcript", utteranceId, at: event.occurredAt, ...said };
    }
    case "transcript.gap":
      return { kind: "gap", ...event.data };
    case "transcript.notice":
      return { kind: "notice", ...event.data };
    case "question.asked":
    case "suggestion.offered":
      return undefined;
  }
}

function sessionBody(conversation: ConversationRow): DurableBody {
  const { queueId, queueName, agentId, agentName } = conversation;
  return {
    kind: "session",
    state: conversation.endedAt ? "ended" : "active",
    channel: conversation.channel ?? undefined,
    queue: queueId ? { id: queueId, name: queueName ?? undefined } : undefined,
    agent: agentId ? { id: agentId, name: agentName ?? undefined } : undefined,
    language: conversation.language ?? undefined,
    startedAt: conversation.startedAt.toISOString(),
  };
}
