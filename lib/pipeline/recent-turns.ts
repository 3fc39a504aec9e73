import { and, desc, eq, lt, ne, or } from "drizzle-orm";
import { events } from "#/drizzle/schema/events.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { EventRow } from "./claim-conversation.ts";

const TURNS_OF_CONTEXT = 8;

type Turn = { speaker: Speaker; text: string };

/**
 * What was said up to and including this event, oldest first and itself last: of two turns in one millisecond the
 * one that is worked on later is not among what was said before the other.
 */
export async function recentTurns(db: Database, row: EventRow): Promise<Turn[]> {
  const spoken = row.type === "utterance";
  const sameMoment = and(eq(events.occurredAt, row.occurredAt), lt(events.deliveryId, row.deliveryId));
  const rows = await withTenant(db, row.tenantId, (tx) =>
    tx
      .select({ data: events.data })
      .from(events)
      .where(
        and(
          eq(events.conversationId, row.conversationId),
          eq(events.type, "utterance"),
          ne(events.id, row.id),
          or(lt(events.occurredAt, row.occurredAt), sameMoment),
        ),
      )
      .orderBy(desc(events.occurredAt), desc(events.deliveryId))
      .limit(spoken ? TURNS_OF_CONTEXT - 1 : TURNS_OF_CONTEXT),
  );
  const before = rows.map(turnOf).reverse();
  return spoken ? [...before, turnOf(row)] : before;
}

function turnOf({ data }: Pick<EventRow, "data">): Turn {
  return { speaker: data.speaker as Speaker, text: String(data.text) };
}
