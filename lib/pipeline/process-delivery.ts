import { and, eq, lte, or, sql } from "drizzle-orm";
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
type Failure = { deliveryId: string; error: unknown };

/** A backlog is worked through in steps of this size, so that no transaction grows with it. */
const MOST_AT_ONCE = 50;

/**
 * Validate, dedupe and route a stored delivery, and with it all that wait for the same conversation: jobs run side
 * by side, get lost with a worker and are found again later, and none must overtake what was accepted before it.
 * Each delivery is one step: its events are there and it is processed, or neither. Answers the conversations that
 * have work now. A payload that nobody can read is dead at once, with the reason; any other failure is tried again
 * later.
 */
export async function processDelivery(db: Database, place: Place, normalize: Normalize): Promise<string[]> {
  const failures: Failure[] = [];
  const conversationIds = await withTenant(db, place.tenantId, async (tx) => {
    const found = new Set<string>();
    const readable = normalizeAll(await lockDeliveries(tx, place), normalize, failures);
    for (const { row, normalized } of readable) {
      try {
        const stored = await tx.transaction((step) => storeDelivery(step, row, normalized));
        for (const conversationId of stored) found.add(conversationId);
      } catch (error) {
        failures.push({ deliveryId: row.id, error });
      }
    }
    return [...found];
  });
  for (const { deliveryId, error } of failures)
    await noteFailure(db, { tenantId: place.tenantId, deliveryId }, error);
  return conversationIds;
}

type Normalized = { row: DeliveryRow; normalized: readonly ConversationEvent[] };

/** In the platform's own order: of an event that several deliveries bring, the earliest is the one that counts. */
function normalizeAll(rows: readonly DeliveryRow[], normalize: Normalize, failures: Failure[]): Normalized[] {
  const readable = rows.flatMap((row): Normalized[] => {
    const { tenantId, connectionId } = row;
    try {
      const origin = { tenantId, connectionId, receivedAt: row.receivedAt.getTime() };
      return [{ row, normalized: normalize(row.platform, row.payload, origin) }];
    } catch (error) {
      failures.push({ deliveryId: row.id, error });
      return [];
    }
  });
  const firstAt = ({ normalized }: Normalized) => Date.parse(normalized[0]?.occurredAt ?? "") || 0;
  return readable.sort((one, other) => firstAt(one) - firstAt(other));
}

async function storeDelivery(
  tx: TenantTransaction,
  row: DeliveryRow,
  normalized: readonly ConversationEvent[],
): Promise<string[]> {
  const conversationIds = await storeEvents(tx, row, normalized);
  const dropped = normalized.length === 0 ? "holds no event" : "repeats events that were there";
  const reason = conversationIds.length === 0 ? dropped : null;
  await tx.update(deliveries).set({ state: "processed", reason }).where(eq(deliveries.id, row.id));
  return conversationIds;
}

/** The conversation that a door has put on the envelope; deliveries without one stand alone. */
const conversationOf = sql`${deliveries.payload}->>'conversationId'`;

/** In the order of their acceptance, so that two workers wait for each other and never around each other. */
async function lockDeliveries(tx: TenantTransaction, { deliveryId }: Place): Promise<DeliveryRow[]> {
  const [asked] = await tx
    .select({ connectionId: deliveries.connectionId, conversation: sql<string | null>`${conversationOf}` })
    .from(deliveries)
    .where(and(eq(deliveries.id, deliveryId), eq(deliveries.state, "stored")));
  if (!asked) return [];
  const itself = eq(deliveries.id, deliveryId);
  const waiting = and(
    eq(deliveries.connectionId, asked.connectionId),
    eq(conversationOf, asked.conversation),
    // One that failed waits for its own turn; nobody waits for it.
    or(eq(deliveries.attempts, 0), lte(deliveries.nextAttemptAt, sql`clock_timestamp()`)),
  );
  const rows = await tx
    .select({ delivery: deliveries, platform: connections.platform })
    .from(deliveries)
    .innerJoin(connections, eq(connections.id, deliveries.connectionId))
    .where(and(eq(deliveries.state, "stored"), asked.conversation === null ? itself : or(itself, waiting)))
    .orderBy(deliveries.id)
    .limit(MOST_AT_ONCE)
    .for("update", { of: deliveries });
  return rows.map(({ delivery, platform }) => ({ ...delivery, platform }));
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
