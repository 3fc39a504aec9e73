import { eq, sql } from "drizzle-orm";
import { summaries } from "#/drizzle/schema/summaries.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { conversationAt } from "#/lib/realtime/read-durable.ts";
import type { Place } from "#/lib/realtime/rooms.ts";
import { conversationOf, lastTurn, lockSummary, type SummaryPlace } from "./summary-row.ts";

/**
 * Asks for a draft, where there is anything new to draft from or `again` says to make one anyway. Answers what is to be announced; the wish is
 * stored, so that a draft whose announcement is lost is found by the sweep.
 */
export function wantSummary(
  db: Database,
  place: Place,
  { again = false } = {},
): Promise<SummaryPlace | undefined> {
  return withTenant(db, place.tenantId, async (tx) => {
    const conversation = await conversationAt(tx, place);
    if (!conversation) return undefined;
    return want(tx, { tenantId: place.tenantId, conversationId: conversation.id }, again);
  });
}

/** The same, once the conversation is over: nobody needs to have looked at it. */
export function wantEndedSummary(db: Database, place: SummaryPlace): Promise<SummaryPlace | undefined> {
  return withTenant(db, place.tenantId, async (tx) => {
    const { endedAt } = await conversationOf(tx, place);
    return endedAt ? want(tx, place) : undefined;
  });
}

async function want(
  tx: TenantTransaction,
  place: SummaryPlace,
  again = false,
): Promise<SummaryPlace | undefined> {
  const last = await lastTurn(tx, place.conversationId);
  const row = await lockSummary(tx, place);
  if (!again && row.state !== "wanted" && row.draftedTo === last) return undefined;
  await tx
    .update(summaries)
    // A person who asks again wants all of it read, not the last draft repeated.
    .set({ state: "wanted", updatedAt: sql`clock_timestamp()`, ...(again && { draftedTo: null }) })
    .where(eq(summaries.id, row.id));
  return place;
}
