import { and, asc, eq, gt } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { readSummaryFields } from "#/lib/events/summary.ts";
import type { DurableBody, DurableMessage } from "./contract.ts";
import type { Place } from "./rooms.ts";

const PAGE_SIZE = 500;

type DurableRow = Pick<typeof durableMessages.$inferSelect, "id" | "seq" | "eventId" | "body">;

export function toDurable(row: DurableRow, of: { conversationId: string }): DurableMessage {
  const message = { id: row.id, conversationId: of.conversationId, seq: row.seq };
  const body = bodyOf(row);
  return row.eventId ? { ...message, eventId: row.eventId, body } : { ...message, body };
}

/** Written by `appendDurable` only, whose type is the contract's; a summary's parts once had other names. */
function bodyOf({ body }: Pick<DurableRow, "body">): DurableBody {
  const written = body as DurableBody;
  return written.kind === "summary" ? { ...written, fields: readSummaryFields(written.fields) } : written;
}

/** The row of a place; undefined before the conversation's first event. */
export async function conversationAt(
  tx: TenantTransaction,
  place: Place,
): Promise<{ id: string; lastSeq: number } | undefined> {
  const [row] = await tx
    .select({ id: conversations.id, lastSeq: conversations.lastSeq })
    .from(conversations)
    .where(
      and(
        eq(conversations.tenantId, place.tenantId),
        eq(conversations.connectionId, place.connectionId),
        eq(conversations.platformConversationId, place.platformConversationId),
      ),
    );
  return row;
}

/**
 * What a widget that has seen everything up to `after` has still to see, a page at a time. A
 * conversation that has not begun has nothing to see: widgets are open before it begins.
 */
export async function readDurable(
  db: Database,
  place: Place,
  after: number,
): Promise<{ lastSeq: number; messages: DurableMessage[] }> {
  return withTenant(db, place.tenantId, async (tx) => {
    const conversation = await conversationAt(tx, place);
    if (!conversation) return { lastSeq: 0, messages: [] };
    const rows = await tx
      .select()
      .from(durableMessages)
      .where(and(eq(durableMessages.conversationId, conversation.id), gt(durableMessages.seq, after)))
      .orderBy(asc(durableMessages.seq))
      .limit(PAGE_SIZE);
    const messages = rows.map((row) => toDurable(row, { conversationId: place.platformConversationId }));
    // A message may have been appended between the two reads.
    return { lastSeq: Math.max(conversation.lastSeq, messages.at(-1)?.seq ?? 0), messages };
  });
}
