import { and, eq, sql } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { DurableBody, DurableMessage } from "./contract.ts";

export type Append = {
  tenantId: string;
  conversationId: string;
  platformConversationId: string;
  /** Idempotent by this key: a second append of it answers the first one's message. */
  key: string;
  eventId?: string;
  body: DurableBody;
};

/**
 * Stores a durable message under the conversation's next number. Number and row are one
 * transaction, so numbers have no gaps; emit the answer only after the commit.
 */
export async function appendDurable(tx: TenantTransaction, append: Append): Promise<DurableMessage> {
  const earlier = await tx
    .select()
    .from(durableMessages)
    .where(
      and(eq(durableMessages.conversationId, append.conversationId), eq(durableMessages.key, append.key)),
    );
  const message = { conversationId: append.platformConversationId, eventId: append.eventId };
  if (earlier[0]) return { ...message, id: earlier[0].id, seq: earlier[0].seq, body: append.body };
  const [numbered] = await tx
    .update(conversations)
    .set({ lastSeq: sql`${conversations.lastSeq} + 1` })
    .where(eq(conversations.id, append.conversationId))
    .returning({ seq: conversations.lastSeq });
  const seq = numbered?.seq ?? 1;
  const [row] = await tx
    .insert(durableMessages)
    .values({
      tenantId: append.tenantId,
      conversationId: append.conversationId,
      seq,
      key: append.key,
      eventId: append.eventId,
      body: append.body,
    })
    .returning({ id: durableMessages.id });
  return { ...message, id: row?.id ?? "", seq, body: append.body };
}
