import { and, eq, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { eventKeys, events } from "#/drizzle/schema/events.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { newTrail } from "#/lib/events/trail.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { MOST_ATTEMPTS, retryDelaySeconds } from "./backoff.ts";
import { ensureConversation } from "./ensure-conversation.ts";

export type Normalize = (
  platform: PlatformId,
  payload: unknown,
  origin: { tenantId: string; connectionId: string; receivedAt: number },
) => ConversationEvent[];

type DeliveryRow = typeof deliveries.$inferSelect & { platform: PlatformId };
type Place = { tenantId: string; deliveryId: string };

/**
 * Validate, dedupe and route one stored delivery, in one transaction: its events are there and it is
 * processed, or neither. Answers the conversations that have work now. A payload that nobody can read
 * is dead at once, with the reason; any other failure is tried again later.
 */
export async function processDelivery(db: Database, place: Place, normalize: Normalize): Promise<string[]> {
  try {
    return await withTenant(db, place.tenantId, async (tx) => {
      const row = await lockDelivery(tx, place);
      if (!row) return [];
      const normalized = normalize(row.platform, row.payload, {
        tenantId: row.tenantId,
        connectionId: row.connectionId,
        receivedAt: row.receivedAt.getTime(),
      });
      const conversationIds = await storeEvents(tx, row, normalized);
      const reason = normalized.length === 0 ? "holds no event" : null;
      await tx.update(deliveries).set({ state: "processed", reason }).where(eq(deliveries.id, row.id));
      return conversationIds;
    });
  } catch (error) {
    await noteFailure(db, place, error);
    return [];
  }
}

async function lockDelivery(tx: TenantTransaction, place: Place): Promise<DeliveryRow | undefined> {
  const [found] = await tx
    .select({ delivery: deliveries, platform: connections.platform })
    .from(deliveries)
    .innerJoin(connections, eq(connections.id, deliveries.connectionId))
    .where(and(eq(deliveries.id, place.deliveryId), eq(deliveries.state, "stored")))
    .for("update", { of: deliveries, skipLocked: true });
  return found && { ...found.delivery, platform: found.platform };
}

/** The unique key decides what is new; a repeat of an event stores nothing and wakes nobody. */
async function storeEvents(
  tx: TenantTransaction,
  row: DeliveryRow,
  normalized: readonly ConversationEvent[],
): Promise<string[]> {
  if (normalized.length === 0) return [];
  const validated = Date.now();
  const fresh = await tx
    .insert(eventKeys)
    .values(normalized.map((event) => ({ tenantId: row.tenantId, eventId: event.id })))
    .onConflictDoNothing()
    .returning({ id: eventKeys.eventId });
  const isFresh = new Set(fresh.map(({ id }) => id));
  const conversationIds = new Set<string>();
  for (const event of normalized) {
    if (!isFresh.delete(event.id)) continue;
    const conversationId = await ensureConversation(tx, event);
    conversationIds.add(conversationId);
    const at = {
      received: row.receivedAt.getTime(),
      stored: row.storedAt.getTime(),
      validated,
      routed: Date.now(),
    };
    await tx.insert(events).values({
      id: event.id,
      tenantId: row.tenantId,
      connectionId: row.connectionId,
      conversationId,
      deliveryId: row.id,
      type: event.type,
      occurredAt: new Date(event.occurredAt),
      data: event.data,
      trail: newTrail(at),
    });
  }
  if (conversationIds.size > 0)
    await tx.update(connections).set({ lastEventAt: sql`now()` }).where(eq(connections.id, row.connectionId));
  return [...conversationIds];
}

async function noteFailure(db: Database, place: Place, error: unknown): Promise<void> {
  const final = isAppError(error) && !error.retryable;
  const reason = isAppError(error) ? error.message.slice(0, 2_000) : "An unexpected failure; see the log.";
  await withTenant(db, place.tenantId, async (tx) => {
    const [row] = await tx
      .update(deliveries)
      .set({ attempts: sql`${deliveries.attempts} + 1`, reason })
      .where(and(eq(deliveries.id, place.deliveryId), eq(deliveries.state, "stored")))
      .returning({ attempts: deliveries.attempts });
    if (!row) return;
    const dead = final || row.attempts >= MOST_ATTEMPTS;
    await tx
      .update(deliveries)
      .set(
        dead
          ? { state: "dead" as const }
          : { nextAttemptAt: sql`now() + make_interval(secs => ${retryDelaySeconds(row.attempts)})` },
      )
      .where(eq(deliveries.id, place.deliveryId));
  });
}
