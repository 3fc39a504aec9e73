import { asc, desc, eq, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import { events } from "#/drizzle/schema/events.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { type RedactionCounts, redactPayload, redactText } from "#/lib/redaction/redact.ts";
import { summarizeEvent } from "./summarize.ts";
import { layoutWaterfall, type Waterfall } from "./waterfall.ts";

const MOST_RELATED = 12;

/** A JSON text with personal data taken out, and how much of each kind that was. */
export type RedactedJson = { json: string; counts: RedactionCounts };

export type UsedVersions = {
  suggestionId: string;
  generation: number;
  profileId: string;
  profileVersion: number;
  knowledgeVersion: number;
  model: string;
  confidence: number;
  sources: { title: string; score: number }[];
  note: string | undefined;
};

export type RelatedEvent = { id: string; at: string; type: string; state: string; summary: string };

export type EventDetail = {
  id: string;
  type: string;
  state: "pending" | "done" | "dead";
  outcome: string;
  attempts: number;
  generation: number;
  occurredAt: string;
  storedAt: string;
  nextAttemptAt: string;
  connection: { id: string; name: string; platform: PlatformId };
  conversation: { id: string; platformId: string; queue: string | undefined; agent: string | undefined };
  canonical: RedactedJson;
  delivery: { id: string; door: string; messageId: string; payload: RedactedJson } | undefined;
  waterfall: Waterfall;
  failures: { at: number; error: string; generation: number | undefined }[];
  notes: string[];
  messages: { seq: number; kind: string; emittedAt: string; paintedAt: string | undefined }[];
  versions: UsedVersions[];
  related: RelatedEvent[];
  /** The other events that the same delivery brought. */
  sameDelivery: RelatedEvent[];
};

/** One event with everything that became of it; undefined where this tenant has none by that id. */
export function readEvent(db: Database, tenantId: string, eventId: string): Promise<EventDetail | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx
      .select({ event: events, conversation: conversations, connection: connections, delivery: deliveries })
      .from(events)
      .innerJoin(conversations, eq(conversations.id, events.conversationId))
      .innerJoin(connections, eq(connections.id, events.connectionId))
      .leftJoin(deliveries, eq(deliveries.id, events.deliveryId))
      .where(eq(events.id, eventId));
    if (!row) return undefined;
    const { event, conversation, connection, delivery } = row;
    const messages = await tx
      .select()
      .from(durableMessages)
      .where(eq(durableMessages.eventId, eventId))
      .orderBy(asc(durableMessages.seq));
    return {
      id: event.id,
      type: event.type,
      state: event.state,
      outcome: redactText(event.outcome ?? ""),
      attempts: failedAttempts(event),
      generation: event.generation,
      occurredAt: event.occurredAt.toISOString(),
      storedAt: event.storedAt.toISOString(),
      nextAttemptAt: event.nextAttemptAt.toISOString(),
      connection: { id: connection.id, name: connection.name, platform: connection.platform },
      conversation: {
        id: conversation.id,
        platformId: conversation.platformConversationId,
        queue: conversation.queueName ?? conversation.queueId ?? undefined,
        agent: conversation.agentName ?? conversation.agentId ?? undefined,
      },
      canonical: redactedJson(canonicalOf(event, conversation.platformConversationId)),
      delivery: delivery ? deliveryOf(delivery) : undefined,
      waterfall: layoutWaterfall(event.trail),
      failures: event.trail.attempts.map(({ at, error, generation }) => ({
        at,
        error: redactText(error),
        generation,
      })),
      notes: event.trail.notes.map((note) => redactText(note)),
      messages: messages.map((message) => ({
        seq: message.seq,
        kind: String((message.body as { kind?: unknown }).kind ?? ""),
        emittedAt: message.emittedAt.toISOString(),
        paintedAt: message.paintedAt?.toISOString(),
      })),
      versions: await readVersions(tx, eventId),
      related: await readRelated(tx, event),
      sameDelivery: await readSameDelivery(tx, event),
    };
  });
}

function canonicalOf(event: typeof events.$inferSelect, platformConversationId: string) {
  const { id, tenantId, connectionId, occurredAt, type, data } = event;
  return {
    id,
    tenantId,
    connectionId,
    platformConversationId,
    occurredAt: occurredAt.toISOString(),
    type,
    data,
  };
}

function deliveryOf({ id, door, messageId, payload }: typeof deliveries.$inferSelect) {
  return { id, door, messageId, payload: redactedJson(payload) };
}

export function redactedJson(value: unknown): RedactedJson {
  const counts: RedactionCounts = {};
  return { json: JSON.stringify(redactPayload(value, counts), null, 2), counts };
}

async function readVersions(tx: TenantTransaction, eventId: string): Promise<UsedVersions[]> {
  const rows = await tx
    .select()
    .from(suggestions)
    .where(eq(suggestions.eventId, eventId))
    .orderBy(desc(suggestions.generation));
  return rows.map(({ id, generation, profileId, profileVersion, knowledgeVersion, model, body }) => ({
    suggestionId: id,
    generation,
    profileId,
    profileVersion,
    knowledgeVersion,
    model,
    confidence: body.confidence,
    sources: body.sources.map(({ title, score }) => ({ title, score })),
    note: body.note,
  }));
}

/** The events of the same conversation around this one, in the platform's order, itself among them. */
async function readRelated(
  tx: TenantTransaction,
  event: typeof events.$inferSelect,
): Promise<RelatedEvent[]> {
  const around = sql`abs(extract(epoch FROM ${events.occurredAt} - ${event.occurredAt.toISOString()}::timestamptz))`;
  const rows = await tx
    .select({
      id: events.id,
      occurredAt: events.occurredAt,
      type: events.type,
      state: events.state,
      data: events.data,
    })
    .from(events)
    .where(eq(events.conversationId, event.conversationId))
    .orderBy(around)
    .limit(MOST_RELATED);
  return rows.sort((one, other) => one.occurredAt.getTime() - other.occurredAt.getTime()).map(relatedOf);
}

/** They were stored in one transaction, and so at one moment: that is how they are found. */
async function readSameDelivery(
  tx: TenantTransaction,
  event: typeof events.$inferSelect,
): Promise<RelatedEvent[]> {
  const rows = await tx
    .select()
    .from(events)
    .where(
      sql`${events.connectionId} = ${event.connectionId} AND ${events.deliveryId} = ${event.deliveryId} AND ${events.id} <> ${event.id}
        AND ${events.storedAt} BETWEEN ${event.storedAt.toISOString()}::timestamptz AND ${event.storedAt.toISOString()}::timestamptz + interval '1 millisecond'`,
    )
    .orderBy(asc(events.occurredAt))
    .limit(MOST_RELATED);
  return rows.map(relatedOf);
}

type RelatedRow = Pick<typeof events.$inferSelect, "id" | "occurredAt" | "type" | "state" | "data">;

function relatedOf({ id, occurredAt, type, state, data }: RelatedRow): RelatedEvent {
  return { id, at: occurredAt.toISOString(), type, state, summary: summarizeEvent(type, data) };
}

/** As the list counts them: the start of an event that is being worked on is no failure yet. */
function failedAttempts({ state, attempts, trail }: typeof events.$inferSelect): number {
  if (state !== "pending") return attempts;
  return Math.min(attempts, Math.max(attempts - 1, trail.attempts.length));
}
