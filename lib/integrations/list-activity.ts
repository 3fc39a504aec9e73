import { desc, eq } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type ActivityRow = {
  eventId: string;
  at: Date;
  type: string;
  state: string;
  outcome: string | undefined;
  platformConversationId: string;
};

export type RefusedDelivery = { id: string; at: Date; door: string; reason: string };

/** `refused` could not be read; `parked` is of a kind that this version does not know, which is nobody's mistake. */
export type Activity = { events: ActivityRow[]; refused: RefusedDelivery[]; parked: RefusedDelivery[] };

const MOST_ROWS = 50;

/** What came in last over one connection, without a word of what was said. */
export function listActivity(db: Database, tenantId: string, connectionId: string): Promise<Activity> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx
      .select({
        eventId: events.id,
        at: events.storedAt,
        type: events.type,
        state: events.state,
        outcome: events.outcome,
        platformConversationId: conversations.platformConversationId,
      })
      .from(events)
      .innerJoin(conversations, eq(conversations.id, events.conversationId))
      .where(eq(events.connectionId, connectionId))
      .orderBy(desc(events.storedAt))
      .limit(MOST_ROWS);
    const latest = await tx
      .select()
      .from(deliveries)
      .where(eq(deliveries.connectionId, connectionId))
      .orderBy(desc(deliveries.id))
      .limit(MOST_ROWS);
    return {
      events: rows.map((row) => ({ ...row, outcome: row.outcome ?? undefined })),
      refused: latest.filter(({ state }) => state === "dead").map(refusedOf),
      parked: latest.filter(({ state }) => state === "parked").map(refusedOf),
    };
  });
}

function refusedOf({ id, receivedAt, door, reason }: typeof deliveries.$inferSelect): RefusedDelivery {
  return { id, at: receivedAt, door, reason: reason ?? "" };
}
