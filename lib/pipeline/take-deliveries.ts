import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { MOST_ATTEMPTS, PROCESS_ENDED } from "./backoff.ts";

export type DeliveryRow = typeof deliveries.$inferSelect & { platform: PlatformId };
export type DeliveryPlace = { tenantId: string; deliveryId: string };

/** A backlog is worked through in steps of this size, so that no transaction grows with it. */
const MOST_AT_ONCE = 50;

/** The conversation that a door has put on the envelope; deliveries without one stand alone. */
const conversationOf = sql`${deliveries.payload}->>'conversationId'`;

/**
 * The delivery, and with it all that wait for the same conversation, in the order of their acceptance, so that
 * two workers wait for each other and never around each other. One that was begun before without an end goes
 * alone: it must not take its neighbors along again.
 */
export async function lockDeliveries(
  tx: TenantTransaction,
  { deliveryId }: DeliveryPlace,
): Promise<DeliveryRow[]> {
  const [asked] = await tx
    .select({
      connectionId: deliveries.connectionId,
      conversation: sql<string | null>`${conversationOf}`,
      attempts: deliveries.attempts,
    })
    .from(deliveries)
    .where(and(eq(deliveries.id, deliveryId), eq(deliveries.state, "stored")));
  if (!asked) return [];
  const alone = asked.conversation === null || asked.attempts > 0;
  const together = and(
    eq(deliveries.connectionId, asked.connectionId),
    eq(conversationOf, asked.conversation),
    eq(deliveries.attempts, 0),
  );
  return lockWhere(tx, alone ? eq(deliveries.id, deliveryId) : together);
}

/** Those of them that still wait: another worker may have been faster. */
export function lockAgain(tx: TenantTransaction, ids: readonly string[]): Promise<DeliveryRow[]> {
  return lockWhere(tx, inArray(deliveries.id, [...ids]));
}

async function lockWhere(tx: TenantTransaction, condition: ReturnType<typeof and>): Promise<DeliveryRow[]> {
  const rows = await tx
    .select({ delivery: deliveries, platform: connections.platform })
    .from(deliveries)
    .innerJoin(connections, eq(connections.id, deliveries.connectionId))
    .where(and(eq(deliveries.state, "stored"), condition))
    .orderBy(deliveries.id)
    .limit(MOST_AT_ONCE)
    .for("update", { of: deliveries });
  return rows.map(({ delivery, platform }) => ({ ...delivery, platform }));
}

/** A door gives what it stores five seconds until the sweeper looks for it; whoever finds it moves that on by more. */
const FIRST_TURN_MS = 6_000;

/**
 * Whether a delivery has had a turn already, or should have had one. Only these are worth the extra transaction
 * that counts their start: the first time nothing speaks against them, and the way must be short.
 */
export function isFoundAgain({ attempts, nextAttemptAt, storedAt }: DeliveryRow): boolean {
  return attempts > 0 || nextAttemptAt.getTime() - storedAt.getTime() > FIRST_TURN_MS;
}

/**
 * Counts a start, to be committed before the work: what kills its process leaves no failure to be counted.
 * Answers what may be worked on; what has been started too often is dead.
 */
export async function countStarts(tx: TenantTransaction, rows: readonly DeliveryRow[]): Promise<string[]> {
  const ids = rows.map(({ id }) => id);
  await tx
    .update(deliveries)
    .set({ state: "dead", reason: PROCESS_ENDED })
    .where(and(inArray(deliveries.id, ids), gte(deliveries.attempts, MOST_ATTEMPTS)));
  const begun = await tx
    .update(deliveries)
    .set({ attempts: sql`${deliveries.attempts} + 1` })
    .where(and(inArray(deliveries.id, ids), lt(deliveries.attempts, MOST_ATTEMPTS)))
    .returning({ id: deliveries.id });
  return begun.map(({ id }) => id);
}
