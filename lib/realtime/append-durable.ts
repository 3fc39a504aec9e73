import { and, eq } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { DurableBody, DurableMessage } from "./contract.ts";
import { toDurable } from "./read-durable.ts";

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
  const ofMessage = { conversationId: append.platformConversationId };
  // Locked before the look for an earlier append, or two at once would both find none and one would fail.
  const [conversation] = await tx
    .select({ lastSeq: conversations.lastSeq })
    .from(conversations)
    .where(eq(conversations.id, append.conversationId))
    .for("update");
  if (!conversation) throw new AppError("not_found", "There is no such conversation.");
  const [earlier] = await tx
    .select()
    .from(durableMessages)
    .where(
      and(eq(durableMessages.conversationId, append.conversationId), eq(durableMessages.key, append.key)),
    );
  // The stored body, not the given one: it is what agents have seen under this number.
  if (earlier) return toDurable(earlier, ofMessage);
  const seq = conversation.lastSeq + 1;
  await tx.update(conversations).set({ lastSeq: seq }).where(eq(conversations.id, append.conversationId));
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
    .returning();
  if (!row) throw new Error("an insert returned no row");
  return toDurable(row, ofMessage);
}
