import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { platformQueues } from "#/drizzle/schema/platform-queues.ts";
import type { PlatformQueue } from "#/lib/connectors/connector.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";

/** What a listing changed. `back` are queues that had been gone. */
export type QueueChanges = { listed: number; added: number; gone: number; back: number };

const ROWS_A_STATEMENT = 1_000;

/** Keeps a platform's list of queues: new ones come, missing ones are marked and stay, so that a mapping still has its name. */
export async function saveQueues(
  tx: TenantTransaction,
  place: { tenantId: string; connectionId: string },
  queues: readonly PlatformQueue[],
  nowMs: number,
): Promise<QueueChanges> {
  const now = new Date(nowMs);
  const own = eq(platformQueues.connectionId, place.connectionId);
  const before = await tx
    .select({ id: platformQueues.queueId, goneAt: platformQueues.goneAt })
    .from(platformQueues)
    .where(own);
  const known = new Map(before.map(({ id, goneAt }) => [id, goneAt]));

  for (let from = 0; from < queues.length; from += ROWS_A_STATEMENT) {
    const rows = queues
      .slice(from, from + ROWS_A_STATEMENT)
      .map(({ id, name }) => ({ ...place, queueId: id, name, seenAt: now, goneAt: null }));
    await tx
      .insert(platformQueues)
      .values(rows)
      .onConflictDoUpdate({
        target: [platformQueues.tenantId, platformQueues.connectionId, platformQueues.queueId],
        set: { name: sql`excluded.name`, seenAt: now, goneAt: null },
      });
  }
  const ids = queues.map(({ id }) => id);
  const gone = await tx
    .update(platformQueues)
    .set({ goneAt: now })
    .where(
      and(
        own,
        isNull(platformQueues.goneAt),
        ids.length > 0 ? notInArray(platformQueues.queueId, ids) : undefined,
      ),
    )
    .returning({ id: platformQueues.id });
  await tx
    .update(connections)
    .set({
      settings: sql`${connections.settings} || ${JSON.stringify({ queuesListedAt: now.toISOString() })}::jsonb`,
    })
    .where(eq(connections.id, place.connectionId));
  return {
    listed: queues.length,
    added: ids.filter((id) => !known.has(id)).length,
    gone: gone.length,
    back: ids.filter((id) => known.get(id)).length,
  };
}
