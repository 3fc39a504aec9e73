import { and, eq, sql } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";

export type Deleted = { events: number; deliveries: number };

/** An id that is part of longer texts (a topic, a key) is looked for inside them only from this length on. */
const LEAST_SEARCHED = 12;
const ERASED = "its conversation was deleted";

/**
 * Deletes a conversation on request: transcript, cards, what agents made of them, summary, write-backs, messages and
 * figures go with its row. Of its deliveries the slim row stays without its payload, as do the event keys: a platform
 * that sends something again must not bring it back. What was written to the platform stays there.
 */
export async function deleteConversation(
  db: Database,
  actor: Actor,
  conversationId: string,
): Promise<Deleted> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [conversation] = await tx
      .select()
      .from(conversations)
      .where(and(eq(conversations.tenantId, actor.tenantId), eq(conversations.id, conversationId)))
      .for("update");
    if (!conversation) throw new AppError("not_found", "There is no such conversation any more.");
    const deliveries = await eraseDeliveries(tx, conversation);
    const [counted] = await tx.execute<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM events WHERE conversation_id = ${conversationId}`,
    );
    await tx.delete(conversations).where(eq(conversations.id, conversationId));
    const events = counted?.n ?? 0;
    await audit(tx, actor, {
      action: "conversation.deleted",
      target: conversationId,
      detail: { events: String(events), deliveries: String(deliveries) },
    });
    return { events, deliveries };
  });
}

/**
 * Those that its events came with, and those since its beginning that name it without having brought an event:
 * repeats, what nobody could read, what still waits. None of them is worked on again.
 */
async function eraseDeliveries(
  tx: TenantTransaction,
  { id, connectionId, platformConversationId, createdAt }: typeof conversations.$inferSelect,
): Promise<number> {
  const quoted = JSON.stringify(platformConversationId);
  const named =
    platformConversationId.length < LEAST_SEARCHED
      ? sql`strpos(d.payload::text, ${quoted}) > 0`
      : sql`strpos(d.payload::text, ${platformConversationId}) > 0`;
  // What nobody could read is searched by its words; with the payload they go as well.
  const rows = await tx.execute(sql`
    WITH erased AS (UPDATE deliveries SET payload = '{}'::jsonb, state = 'processed', reason = ${ERASED} WHERE id IN (
      SELECT delivery_id FROM events WHERE conversation_id = ${id}
      UNION
      SELECT d.id FROM deliveries d WHERE d.connection_id = ${connectionId}
        AND d.stored_at > ${createdAt.toISOString()}::timestamptz - interval '1 hour' AND ${named})
      RETURNING id
    ), unsearched AS (DELETE FROM event_texts WHERE delivery_id IN (SELECT id FROM erased))
    SELECT id FROM erased`);
  return rows.length;
}
