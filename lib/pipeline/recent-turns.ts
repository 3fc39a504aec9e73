import { and, desc, eq, lte } from "drizzle-orm";
import { events } from "#/drizzle/schema/events.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { EventRow } from "./claim-conversation.ts";

const TURNS_OF_CONTEXT = 8;

/** What was said up to and including this event, oldest first. */
export async function recentTurns(
  db: Database,
  row: EventRow,
): Promise<{ speaker: Speaker; text: string }[]> {
  const rows = await withTenant(db, row.tenantId, (tx) =>
    tx
      .select({ data: events.data })
      .from(events)
      .where(
        and(
          eq(events.conversationId, row.conversationId),
          eq(events.type, "utterance"),
          lte(events.occurredAt, row.occurredAt),
        ),
      )
      .orderBy(desc(events.occurredAt), desc(events.deliveryId))
      .limit(TURNS_OF_CONTEXT),
  );
  return rows.map(({ data }) => ({ speaker: data.speaker as Speaker, text: String(data.text) })).reverse();
}
