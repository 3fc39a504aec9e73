import { and, eq, inArray, sql } from "drizzle-orm";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Producers } from "#/lib/queues/producers.ts";

export type ReplayDeps = { db: Database; producers: Pick<Producers, "announce"> };
type Actor = { tenantId: string; userId: string };

/**
 * Starts an event's next generation: it is worked on again at once, its card replaces the old one and its
 * transcript line stays. An event that still waits has a turn coming and is refused.
 */
export async function replayEvent(
  { db, producers }: ReplayDeps,
  actor: Actor,
  eventId: string,
): Promise<void> {
  const { tenantId } = actor;
  const conversationId = await withTenant(db, tenantId, async (tx) => {
    const [before] = await tx.select().from(events).where(eq(events.id, eventId)).for("update");
    if (!before) throw new AppError("not_found", "There is no such event.");
    if (before.state === "pending")
      throw new AppError("conflict", "This event still waits for its turn; there is nothing to replay.");
    const generation = before.generation + 1;
    await tx
      .update(events)
      .set({
        state: "pending",
        outcome: null,
        generation,
        attempts: 0,
        nextAttemptAt: sql`clock_timestamp()`,
      })
      .where(eq(events.id, eventId));
    const detail = { from: before.state, generation: String(generation) };
    await tx.insert(auditEntries).values({ ...actor, action: "event.replayed", target: eventId, detail });
    return before.conversationId;
  });
  producers.announce("conversations", [{ tenantId, conversationId }]);
}

/** Has a delivery that nobody could read tried again: what could not read it may have been mended. */
export async function replayDelivery(
  { db, producers }: ReplayDeps,
  actor: Actor,
  deliveryId: string,
): Promise<void> {
  const { tenantId } = actor;
  await withTenant(db, tenantId, async (tx) => {
    const [known] = await tx
      .select({ id: deliveries.id, state: deliveries.state })
      .from(deliveries)
      .where(eq(deliveries.id, deliveryId))
      .for("update");
    if (!known) throw new AppError("not_found", "There is no such delivery.");
    const [again] = await tx
      .update(deliveries)
      .set({ state: "stored", reason: null, attempts: 0, nextAttemptAt: sql`clock_timestamp()` })
      .where(and(eq(deliveries.id, deliveryId), inArray(deliveries.state, ["dead", "parked"])))
      .returning({ id: deliveries.id });
    if (!again) throw new AppError("conflict", "Only a delivery that failed can be replayed.");
    const detail = { from: known.state };
    await tx
      .insert(auditEntries)
      .values({ ...actor, action: "delivery.replayed", target: deliveryId, detail });
  });
  producers.announce("deliveries", [{ tenantId, deliveryId }]);
}
