import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";

const MOST_AT_ONCE = 200;
const HOLD_SECONDS = 15;

export type Due = {
  deliveries: { tenantId: string; deliveryId: string }[];
  conversations: { tenantId: string; conversationId: string }[];
  documents: { tenantId: string; documentId: string }[];
};

/**
 * Stored work that nobody announced or that its worker died over. A plain query over Postgres, so that
 * a wiped Redis loses nothing; what is claimed here is another sweeper's only after its hold has passed.
 */
export async function findDueWork(db: Database): Promise<Due> {
  const deliveries = await db.execute<{ tenant_id: string; delivery_id: string }>(
    sql`select * from across.due_deliveries(${MOST_AT_ONCE}, ${HOLD_SECONDS})`,
  );
  const conversations = await db.execute<{ tenant_id: string; conversation_id: string }>(
    sql`select * from across.due_conversations(${MOST_AT_ONCE})`,
  );
  const documents = await db.execute<{ tenant_id: string; document_id: string }>(
    sql`select * from across.due_documents(${MOST_AT_ONCE}, ${HOLD_SECONDS * 4})`,
  );
  return {
    deliveries: deliveries.map((row) => ({ tenantId: row.tenant_id, deliveryId: row.delivery_id })),
    conversations: conversations.map((row) => ({
      tenantId: row.tenant_id,
      conversationId: row.conversation_id,
    })),
    documents: documents.map((row) => ({ tenantId: row.tenant_id, documentId: row.document_id })),
  };
}
