import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";

const MOST_AT_ONCE = 200;
const HOLD_SECONDS = 15;
/** Few at a time: while they are worked on one after the other, another process may take the rest. */
const MOST_DOCUMENTS = 4;
const DOCUMENT_HOLD_SECONDS = 60;

export type DueConversations = {
  deliveries: { tenantId: string; deliveryId: string }[];
  conversations: { tenantId: string; conversationId: string }[];
};

/**
 * Stored work that nobody announced or that its worker died over. A plain query over Postgres, so that
 * a wiped Redis loses nothing; what is claimed here is another sweeper's only after its hold has passed.
 */
export async function findDueConversations(db: Database): Promise<DueConversations> {
  const deliveries = await db.execute<{ tenant_id: string; delivery_id: string }>(
    sql`select * from across.due_deliveries(${MOST_AT_ONCE}, ${HOLD_SECONDS})`,
  );
  const conversations = await db.execute<{ tenant_id: string; conversation_id: string }>(
    sql`select * from across.due_conversations(${MOST_AT_ONCE})`,
  );
  return {
    deliveries: deliveries.map((row) => ({ tenantId: row.tenant_id, deliveryId: row.delivery_id })),
    conversations: conversations.map((row) => ({
      tenantId: row.tenant_id,
      conversationId: row.conversation_id,
    })),
  };
}

/** Documents that wait to be indexed, and those whose indexing went silent. */
export async function findDueDocuments(db: Database): Promise<{ tenantId: string; documentId: string }[]> {
  const rows = await db.execute<{ tenant_id: string; document_id: string }>(
    sql`select * from across.due_documents(${MOST_DOCUMENTS}, ${DOCUMENT_HOLD_SECONDS})`,
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, documentId: row.document_id }));
}
