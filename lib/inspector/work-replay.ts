import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import { replayItems, replays } from "#/drizzle/schema/replays.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Producers } from "#/lib/queues/producers.ts";
import { type Cursor, type InspectorFilter, parseFilter } from "./inspector-filter.ts";
import { deliveryConditions, eventConditions, momentOf } from "./list-query.ts";
import { EVERYTHING } from "./replay-many.ts";

export type ReplayPlace = { tenantId: string; replayId: string };
type Deps = { db: Database; producers: Pick<Producers, "announce"> };

/** Handed back in one transaction: small, so that neither a kill nor a cancel has much to wait for. */
export const REPLAY_BATCH = 100;
/** So many of its last events still at work: the replay waits, or live calls would wait behind it. */
const MOST_AT_WORK = 300;
const HOLD_SECONDS = 30;
const MOST_AT_ONCE = 5;

/** Replays that nobody works on now; they are the caller's for half a minute. */
export async function takeDueReplays(db: Database): Promise<ReplayPlace[]> {
  const rows = await db.execute<{ tenant_id: string; replay_id: string }>(
    sql`select * from across.due_replays(${MOST_AT_ONCE}, ${HOLD_SECONDS})`,
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, replayId: row.replay_id }));
}

type Step = { progress: "more" | "wait" | "ended"; conversationIds: string[]; deliveryIds: string[] };

/**
 * The next batch of a replay. The events' next generations, the note that this replay began them and the place that it
 * has reached are one transaction: whoever is killed, and whoever comes at the same time, no event begins twice.
 */
export async function workReplay({ db, producers }: Deps, place: ReplayPlace): Promise<Step["progress"]> {
  const { tenantId, replayId } = place;
  const step = await withTenant(db, tenantId, async (tx): Promise<Step> => {
    const [replay] = await tx.select().from(replays).where(eq(replays.id, replayId)).for("update");
    if (replay?.state !== "running") return { progress: "ended", conversationIds: [], deliveryIds: [] };
    if (await isBusy(tx, replayId)) {
      await moveOn(tx, replayId, { claimedUntil: sql`clock_timestamp() + interval '1 second'` });
      return { progress: "wait", conversationIds: [], deliveryIds: [] };
    }
    return takeBatch(tx, replay);
  });
  producers.announce(
    "conversations",
    step.conversationIds.map((conversationId) => ({ tenantId, conversationId })),
  );
  producers.announce(
    "deliveries",
    step.deliveryIds.map((deliveryId) => ({ tenantId, deliveryId })),
  );
  return step.progress;
}

async function isBusy(tx: TenantTransaction, replayId: string): Promise<boolean> {
  const [row] = await tx.execute<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM (
      SELECT item_id, generation FROM replay_items WHERE replay_id = ${replayId} ORDER BY id DESC LIMIT ${2 * MOST_AT_WORK}) i
    JOIN events e ON e.id = i.item_id AND e.generation = i.generation WHERE e.state = 'pending'`);
  return (row?.n ?? 0) >= MOST_AT_WORK;
}

type Replay = typeof replays.$inferSelect;
type Found = { id: string; micros: string; conversation_id: string | null; generation: number };
type Phase = { kind: "event" | "delivery"; after: Cursor | undefined };

/** Events first, then deliveries; each from the oldest to the newest that was there when the replay was started. */
async function takeBatch(tx: TenantTransaction, replay: Replay): Promise<Step> {
  const { kind, after } = phaseOf(replay.cursor);
  const filter = parseFilter(replay.filter, replay.createdAt.getTime());
  const found = await tx.execute<Found>(
    kind === "event" ? eventBatch(filter, replay, after) : deliveryBatch(filter, replay, after),
  );
  const fresh = await noteItems(tx, replay, kind, [...found]);
  const handedBack = kind === "event" ? await reopenEvents(tx, fresh) : await reopenDeliveries(tx, fresh);
  const last = found.at(-1);
  const over = found.length < REPLAY_BATCH;
  const ended = over && kind === "delivery";
  await moveOn(tx, replay.id, {
    replayed: sql`${replays.replayed} + ${fresh.length}`,
    cursor:
      over && kind === "event" ? "delivery" : last ? `${kind}.${last.micros}.${last.id}` : replay.cursor,
    claimedUntil: sql`clock_timestamp() + make_interval(secs => ${HOLD_SECONDS})`,
    ...(ended && { state: "done" as const, finishedAt: sql`clock_timestamp()`, claimedUntil: null }),
  });
  return { progress: ended ? "ended" : "more", ...handedBack };
}

function phaseOf(cursor: string | null): Phase {
  const [kind, micros, id] = (cursor ?? "event").split(".");
  return {
    kind: kind === "delivery" ? "delivery" : "event",
    after: micros && id ? { micros, id } : undefined,
  };
}

function eventBatch(filter: InspectorFilter, replay: Replay, after: Cursor | undefined): SQL {
  return sql`
    SELECT e.id, ${microsOf(sql`e`)} AS micros, e.conversation_id, e.generation FROM events e
    WHERE e.state IN ('done', 'dead') AND ${eventConditions(filter, undefined, EVERYTHING)} AND ${until(sql`e`, replay, after)}
    ORDER BY e.stored_at, e.id LIMIT ${REPLAY_BATCH} FOR UPDATE OF e`;
}

function deliveryBatch(filter: InspectorFilter, replay: Replay, after: Cursor | undefined): SQL {
  return sql`
    SELECT d.id, ${microsOf(sql`d`)} AS micros, NULL AS conversation_id, 0 AS generation FROM deliveries d
    WHERE ${deliveryConditions(filter, undefined, EVERYTHING)} AND ${until(sql`d`, replay, after)}
    ORDER BY d.stored_at, d.id LIMIT ${REPLAY_BATCH} FOR UPDATE OF d`;
}

function microsOf(row: SQL): SQL {
  return sql`(extract(epoch FROM ${row}.stored_at) * 1000000)::bigint::text`;
}

function until(row: SQL, replay: Replay, after: Cursor | undefined): SQL {
  const before = sql`${row}.stored_at <= ${replay.createdAt.toISOString()}::timestamptz`;
  if (!after) return before;
  return sql`${before} AND (${row}.stored_at, ${row}.id) > (${momentOf(after)}, ${after.id}::uuid)`;
}

/** The unique key decides: what this replay has begun once, it never begins again. */
async function noteItems(
  tx: TenantTransaction,
  replay: Replay,
  kind: Phase["kind"],
  found: readonly Found[],
) {
  if (found.length === 0) return [];
  const noted = await tx
    .insert(replayItems)
    .values(
      found.map(({ id, generation }) => ({
        ...{ tenantId: replay.tenantId, replayId: replay.id, itemId: id, kind },
        generation: generation + 1,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: replayItems.itemId });
  const ids = new Set(noted.map(({ id }) => id));
  return found.filter(({ id }) => ids.has(id));
}

const NOW = sql`clock_timestamp()`;

async function reopenEvents(tx: TenantTransaction, fresh: readonly Found[]) {
  const ids = fresh.map(({ id }) => id);
  if (ids.length > 0)
    await tx
      .update(events)
      .set({
        ...{ state: "pending", outcome: null, attempts: 0, nextAttemptAt: NOW },
        generation: sql`${events.generation} + 1`,
      })
      .where(inArray(events.id, ids));
  return {
    conversationIds: [...new Set(fresh.flatMap(({ conversation_id }) => conversation_id ?? []))],
    deliveryIds: [],
  };
}

async function reopenDeliveries(tx: TenantTransaction, fresh: readonly Found[]) {
  const deliveryIds = fresh.map(({ id }) => id);
  if (deliveryIds.length > 0)
    await tx
      .update(deliveries)
      .set({ state: "stored", reason: null, attempts: 0, nextAttemptAt: NOW })
      .where(inArray(deliveries.id, deliveryIds));
  return { conversationIds: [], deliveryIds };
}

async function moveOn(
  tx: TenantTransaction,
  replayId: string,
  change: { [K in "replayed" | "cursor" | "claimedUntil" | "state" | "finishedAt"]?: SQL | string | null },
): Promise<void> {
  await tx
    .update(replays)
    .set(change as Partial<typeof replays.$inferInsert>)
    .where(and(eq(replays.id, replayId), eq(replays.state, "running")));
}
