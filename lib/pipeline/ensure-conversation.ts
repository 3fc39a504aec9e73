import { and, eq, sql } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";

/** The conversation that an event belongs to, made by the first event that names it. */
export async function ensureConversation(tx: TenantTransaction, event: ConversationEvent): Promise<string> {
  const key = and(
    eq(conversations.tenantId, event.tenantId),
    eq(conversations.connectionId, event.connectionId),
    eq(conversations.platformConversationId, event.platformConversationId),
  );
  const [known] = await tx.select({ id: conversations.id }).from(conversations).where(key);
  if (known) return known.id;
  const [made] = await tx
    .insert(conversations)
    .values({
      tenantId: event.tenantId,
      connectionId: event.connectionId,
      platformConversationId: event.platformConversationId,
      startedAt: new Date(event.occurredAt),
    })
    // Two deliveries may bring a conversation's first events at once: the later one takes the row as it is.
    .onConflictDoUpdate({
      target: [conversations.tenantId, conversations.connectionId, conversations.platformConversationId],
      set: { updatedAt: sql`${conversations.updatedAt}` },
    })
    .returning({ id: conversations.id });
  if (!made) throw new Error("an upsert returned no row");
  return made.id;
}
