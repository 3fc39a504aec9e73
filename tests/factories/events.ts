import { randomUUID } from "node:crypto";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { events } from "#/drizzle/schema/events.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { newTrail } from "#/lib/events/trail.ts";
import type { TestConnection } from "./tenant.ts";

type EventFields = Partial<typeof events.$inferInsert>;

/** Stored events of one new conversation, settled unless told otherwise; answers their ids, in order. */
export async function someEvents(
  db: Database,
  { tenantId, connectionId }: TestConnection,
  all: readonly EventFields[],
): Promise<string[]> {
  const conversationId = randomUUID();
  const rows = all.map((fields) => ({
    id: randomUUID(),
    tenantId,
    connectionId,
    conversationId,
    deliveryId: randomUUID(),
    type: "utterance" as const,
    occurredAt: new Date(),
    data: { speaker: "customer", text: "Hello", channel: "chat" },
    state: "done" as const,
    trail: newTrail({}),
    ...fields,
  }));
  await withTenant(db, tenantId, async (tx) => {
    await tx.insert(conversations).values({
      id: conversationId,
      tenantId,
      connectionId,
      platformConversationId: conversationId,
      startedAt: new Date(),
    });
    await tx.insert(events).values(rows);
  });
  return rows.map(({ id }) => id);
}
