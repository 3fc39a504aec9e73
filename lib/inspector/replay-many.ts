import { and, desc, eq, sql } from "drizzle-orm";
import { type ReplayState, replays } from "#/drizzle/schema/replays.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { type Person, readPeople } from "#/lib/tenancy/read-people.ts";
import { frozenFilter, type InspectorFilter, parseFilter, type SearchParams } from "./inspector-filter.ts";
import { deliveryConditions, eventConditions } from "./list-query.ts";

/** A replay goes through everything that a search finds, not through a page of it. */
export const EVERYTHING = 2_000_000_000;

/** What a replay would touch, counted without touching it. */
export type DryRun = {
  events: number;
  dead: number;
  deliveries: number;
  conversations: number;
  /** They have a turn coming: they are left alone. */
  waiting: number;
};

export function countReplay(db: Database, tenantId: string, params: SearchParams): Promise<DryRun> {
  return withTenant(db, tenantId, (tx) => count(tx, parseFilter(params, Date.now())));
}

async function count(tx: TenantTransaction, filter: InspectorFilter): Promise<DryRun> {
  const [row] = await tx.execute<DryRun>(sql`
    SELECT (count(*) FILTER (WHERE e.state <> 'pending'))::int AS events, (count(*) FILTER (WHERE e.state = 'dead'))::int AS dead,
      (count(*) FILTER (WHERE e.state = 'pending'))::int AS waiting,
      (count(DISTINCT e.conversation_id) FILTER (WHERE e.state <> 'pending'))::int AS conversations,
      (SELECT count(*)::int FROM deliveries d WHERE ${deliveryConditions(filter, undefined, EVERYTHING)}) AS deliveries
    FROM events e WHERE ${eventConditions(filter, undefined, EVERYTHING)}`);
  return row ?? { events: 0, dead: 0, deliveries: 0, conversations: 0, waiting: 0 };
}

/** Has everything under a filter worked on again by the jobs process; what comes in later is not meant. */
export function startReplay(db: Database, actor: Actor, params: SearchParams): Promise<{ id: string }> {
  const filter = frozenFilter(params, Date.now());
  return withTenant(db, actor.tenantId, async (tx) => {
    const { events, deliveries } = await count(tx, parseFilter(filter, Date.now()));
    const expected = events + deliveries;
    if (expected === 0)
      throw new AppError("conflict", "Nothing fits any more: it was replayed already, or has gone.");
    const [row] = await tx
      .insert(replays)
      .values({ tenantId: actor.tenantId, userId: actor.userId, filter, expected })
      .returning({ id: replays.id });
    if (!row) throw new AppError("conflict", "The replay could not be stored. Try again.");
    const detail = { expected: String(expected), filter: JSON.stringify(filter).slice(0, 1_000) };
    await audit(tx, actor, { action: "replay.started", target: row.id, detail });
    return row;
  });
}

/** Stops a replay before its next batch; what was handed back already is worked on. */
export async function cancelReplay(db: Database, actor: Actor, replayId: string): Promise<void> {
  await withTenant(db, actor.tenantId, async (tx) => {
    const [row] = await tx
      .update(replays)
      .set({ state: "cancelled", finishedAt: sql`clock_timestamp()`, claimedUntil: null })
      .where(and(eq(replays.id, replayId), eq(replays.state, "running")))
      .returning({ replayed: replays.replayed });
    if (!row) throw new AppError("conflict", "This replay has ended already.");
    const detail = { replayed: String(row.replayed) };
    await audit(tx, actor, { action: "replay.cancelled", target: replayId, detail });
  });
}

export type ReplayProgress = {
  id: string;
  state: ReplayState;
  expected: number;
  replayed: number;
  /** Of those handed back: still at work, and dead once more. */
  atWork: number;
  deadAgain: number;
  filter: Record<string, string | string[]>;
  by: string | undefined;
  reason: string | undefined;
  startedAt: string;
  finishedAt: string | undefined;
};

const MOST_LISTED = 20;

/** The latest replays and how far each is. */
export function listReplays(db: Database, tenantId: string): Promise<ReplayProgress[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.select().from(replays).orderBy(desc(replays.createdAt)).limit(MOST_LISTED);
    const people = await readPeople(
      tx,
      rows.map(({ userId }) => userId),
    );
    const progress: ReplayProgress[] = [];
    for (const row of rows) progress.push({ ...progressOf(row, people), ...(await outcomes(tx, row.id)) });
    return progress;
  });
}

function progressOf(row: typeof replays.$inferSelect, people: ReadonlyMap<string, Person>) {
  const { id, state, expected, replayed, filter } = row;
  return {
    ...{ id, state, expected, replayed, filter },
    by: people.get(row.userId)?.name,
    reason: row.reason ?? undefined,
    startedAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString(),
  };
}

/** What was replayed once more since is a later generation's affair. */
async function outcomes(tx: TenantTransaction, replayId: string) {
  const [row] = await tx.execute<{ at_work: number; dead: number }>(sql`
    SELECT (count(*) FILTER (WHERE e.state = 'pending' OR d.state = 'stored'))::int AS at_work,
      (count(*) FILTER (WHERE e.state = 'dead' OR d.state IN ('dead', 'parked')))::int AS dead
    FROM replay_items i
    LEFT JOIN events e ON i.kind = 'event' AND e.id = i.item_id AND e.generation = i.generation
    LEFT JOIN deliveries d ON i.kind = 'delivery' AND d.id = i.item_id
    WHERE i.replay_id = ${replayId}`);
  return { atWork: row?.at_work ?? 0, deadAgain: row?.dead ?? 0 };
}
