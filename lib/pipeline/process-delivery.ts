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
import { createLine } from "./create-line.ts";
import { ensureConversation } from "./ensure-conversation.ts";
import { keepEventText } from "./keep-event-text.ts";
import {
  countStarts,
  type DeliveryPlace,
  type DeliveryRow,
  isFoundAgain,
  lockAgain,
  lockDeliveries,
} from "./take-deliveries.ts";

export type Normalize = (
  platform: PlatformId,
  payload: unknown,
  origin: { tenantId: string; connectionId: string; receivedAt: number },
) => ConversationEvent[];

type Failure = { row: DeliveryRow; error: unknown; counted: boolean };

/**
 * Validate, dedupe and route a stored delivery, and with it all that wait for the same conversation: jobs run side
 * by side, get lost with a worker and are found again later, and none must overtake what was accepted before it.
 * Each delivery is one step: its events are there and it is processed, or neither. Answers the conversations that
 * have work now. A payload that nobody can read is dead at once, with the reason, and one of a shape that its connector
 * does not know yet is parked; any other failure is tried again later.
 */
export async function processDelivery(
  db: Database,
  place: DeliveryPlace,
  normalize: Normalize,
): Promise<string[]> {
  const failures: Failure[] = [];
  const work: Work = { normalize, failures, counted: false };
  const first = await withTenant(db, place.tenantId, async (tx) => {
    const rows = await lockDeliveries(tx, place);
    return rows.some(isFoundAgain)
      ? { suspect: rows.some(({ attempts }) => attempts > 0) }
      : { conversationIds: await storeAll(tx, rows, work) };
  });
  const again = () => workCounted(db, place, { ...work, counted: true });
  const conversationIds = first.conversationIds ?? (await (first.suspect ? suspectsInLine(again) : again()));
  for (const failure of failures) await noteFailure(db, failure);
  return conversationIds;
}

type Work = { normalize: Normalize; failures: Failure[]; counted: boolean };

/**
 * What may have ended a process is worked on one after the other in this one: side by side, the one that does it
 * would take the others along each time, and they would be counted as often as it is.
 */
const suspectsInLine = createLine();

async function workCounted(db: Database, place: DeliveryPlace, work: Work): Promise<string[]> {
  const ids = await withTenant(db, place.tenantId, async (tx) =>
    countStarts(tx, await lockDeliveries(tx, place)),
  );
  return withTenant(db, place.tenantId, async (tx) => storeAll(tx, await lockAgain(tx, ids), work));
}

async function storeAll(tx: TenantTransaction, rows: readonly DeliveryRow[], work: Work): Promise<string[]> {
  const found = new Set<string>();
  for (const { row, normalized } of normalizeAll(rows, work)) {
    try {
      const stored = await tx.transaction((step) => storeDelivery(step, row, normalized, work.counted));
      for (const conversationId of stored) found.add(conversationId);
    } catch (error) {
      work.failures.push({ row, error, counted: work.counted });
    }
  }
  return [...found];
}

type Normalized = { row: DeliveryRow; normalized: readonly ConversationEvent[] };

/** In the platform's own order: of an event that several deliveries bring, the earliest is the one that counts. */
function normalizeAll(rows: readonly DeliveryRow[], { normalize, failures, counted }: Work): Normalized[] {
  const readable = rows.flatMap((row): Normalized[] => {
    const { tenantId, connectionId } = row;
    try {
      const origin = { tenantId, connectionId, receivedAt: row.receivedAt.getTime() };
      return [{ row, normalized: normalize(row.platform, row.payload, origin) }];
    } catch (error) {
      failures.push({ row, error, counted });
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
  counted: boolean,
): Promise<string[]> {
  const conversationIds = await storeEvents(tx, row, normalized);
  const dropped = normalized.length === 0 ? "holds no event" : "repeats events that were there";
  const reason = conversationIds.length === 0 ? dropped : null;
  await tx
    .update(deliveries)
    .set({ state: "processed", reason, ...(counted && { attempts: row.attempts - 1 }) })
    .where(eq(deliveries.id, row.id));
  return conversationIds;
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
    await keepEventText(tx, { ...event, payload: row.payload });
  }
  if (conversationIds.size > 0)
    await tx.update(connections).set({ lastEventAt: sql`now()` }).where(eq(connections.id, row.connectionId));
  return [...conversationIds];
}

/** Nothing is wrong with it: it waits for a version that knows it, and for the replay that follows. */
const isUnknownShape = (error: unknown) => isAppError(error) && error.code === "unknown_shape";

async function noteFailure(db: Database, { row: failed, error, counted }: Failure): Promise<void> {
  const final = isAppError(error) && !error.retryable;
  const reason = isAppError(error) ? error.message.slice(0, 2_000) : "An unexpected failure; see the log.";
  await withTenant(db, failed.tenantId, async (tx) => {
    const [row] = await tx
      .update(deliveries)
      .set({
        attempts: sql`${deliveries.attempts} + ${counted ? 0 : 1}`,
        reason,
        failures: sql`${deliveries.failures} || ${JSON.stringify([{ at: Date.now(), error: reason }])}::jsonb`,
      })
      .where(and(eq(deliveries.id, failed.id), eq(deliveries.state, "stored")))
      .returning({ attempts: deliveries.attempts });
    if (!row) return;
    const dead = final || row.attempts >= MOST_ATTEMPTS;
    await tx
      .update(deliveries)
      .set(
        dead
          ? { state: isUnknownShape(error) ? ("parked" as const) : ("dead" as const) }
          : { nextAttemptAt: sql`now() + make_interval(secs => ${retryDelaySeconds(row.attempts)})` },
      )
      .where(eq(deliveries.id, failed.id));
  });
}
