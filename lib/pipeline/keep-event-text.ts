import { sql } from "drizzle-orm";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { searchWords } from "#/lib/redaction/search-words.ts";

type EventText = { id: string; tenantId: string; data: unknown; payload: unknown };

/** Keeps an event's words for the inspector's search, redacted; in the transaction that stores the event. */
export async function keepEventText(tx: TenantTransaction, event: EventText): Promise<void> {
  const words = searchWords(event.data, event.payload).join(" ");
  await tx.execute(sql`
    INSERT INTO event_texts (id, tenant_id, event_id, stored_at, words)
    VALUES (${event.id}, ${event.tenantId}, ${event.id}, now(), array_to_tsvector(string_to_array(${words}, ' ')))
    ON CONFLICT DO NOTHING`);
}
