import { randomUUID } from "node:crypto";
import { answers } from "#/drizzle/schema/answers.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { eventKeys, events } from "#/drizzle/schema/events.ts";
import { feedback } from "#/drizzle/schema/feedback.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { newTrail } from "#/lib/events/trail.ts";
import type { TestConnection } from "./tenant.ts";

type Said = {
  text: string;
  /** What the question came to; nothing for small talk. */
  came?: "answered" | "unanswered";
  verdict?: "up" | "down";
  dead?: boolean;
  answer?: Partial<typeof answers.$inferInsert>;
};

export type Talk = { conversationId: string; eventIds: string[]; deliveryIds: string[] };

const body = (question: string) => ({
  question,
  sentences: [{ text: "It is in the article.", citations: [{ n: 1, start: 0, end: 10 }] }],
  sources: [
    { n: 1, chunkId: randomUUID(), documentId: randomUUID(), title: "Article", headingPath: [], score: 0.9 },
  ],
  origin: "extractive" as const,
  confidence: 0.9,
});

/** A conversation as the pipeline leaves it: deliveries, events and their keys, cards, verdicts and figures. */
export async function aTalk(
  db: Database,
  { tenantId, connectionId }: TestConnection,
  { said, ...fields }: { said: readonly Said[] } & Partial<typeof conversations.$inferInsert>,
): Promise<Talk> {
  const conversationId = randomUUID();
  const startedAt = fields.startedAt ?? new Date();
  const ids = said.map(() => ({ event: randomUUID(), delivery: randomUUID(), card: randomUUID() }));
  const own = { tenantId, conversationId };
  await withTenant(db, tenantId, async (tx) => {
    await tx.insert(conversations).values({
      id: conversationId,
      tenantId,
      connectionId,
      platformConversationId: conversationId,
      ...fields,
      startedAt,
    });
    for (const [index, line] of said.entries()) {
      const { event, delivery, card } = ids[index] ?? { event: "", delivery: "", card: "" };
      const at = new Date(startedAt.getTime() + index * 1_000);
      const delivered = { id: delivery, tenantId, connectionId, door: "widget", messageId: delivery };
      await tx.insert(deliveries).values({
        ...delivered,
        payload: { conversationId: fields.platformConversationId ?? conversationId, text: line.text },
        state: "processed",
        receivedAt: at,
      });
      await tx.insert(eventKeys).values({ tenantId, eventId: event });
      await tx.insert(events).values({
        ...own,
        id: event,
        connectionId,
        deliveryId: delivery,
        type: "utterance",
        occurredAt: at,
        data: { speaker: "customer", text: line.text, channel: "chat" },
        state: line.dead ? "dead" : "done",
        outcome: line.came === "unanswered" ? "no source: best confidence 0.10" : "suggested",
        trail: newTrail({ received: at.getTime(), emitted: at.getTime() + 80 }),
      });
      await cameTo(tx, { ...own, eventId: event, card, line, at }, fields);
    }
  });
  return {
    conversationId,
    eventIds: ids.map(({ event }) => event),
    deliveryIds: ids.map(({ delivery }) => delivery),
  };
}

type Came = { tenantId: string; conversationId: string; eventId: string; card: string; line: Said; at: Date };

async function cameTo(
  tx: TenantTransaction,
  { line, card, at, ...own }: Came,
  fields: Partial<typeof conversations.$inferInsert>,
): Promise<void> {
  if (!line.came) return;
  const { tenantId } = own;
  if (line.came === "answered")
    await tx.insert(suggestions).values({
      ...own,
      id: card,
      profileId: randomUUID(),
      profileVersion: 3,
      knowledgeVersion: 7,
      model: "extractive",
      body: body(line.text),
    });
  if (line.verdict)
    await tx
      .insert(feedback)
      .values({ tenantId, suggestionId: card, agentId: "a", kind: "verdict", value: line.verdict });
  await tx.insert(answers).values({
    ...own,
    kind: line.came,
    suggestionId: line.came === "answered" ? card : null,
    queueId: fields.queueId ?? null,
    queueName: fields.queueName ?? null,
    agentId: fields.agentId ?? null,
    agentName: fields.agentName ?? null,
    at,
    waitMs: 80,
    verdict: line.verdict ? VERDICTS[line.verdict] : null,
    ...line.answer,
  });
}

const VERDICTS = { up: 1, down: -1 } as const;
