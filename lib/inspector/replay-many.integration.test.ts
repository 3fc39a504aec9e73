import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import { replayItems } from "#/drizzle/schema/replays.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { someEvents } from "#/tests/factories/events.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { readDeadGroups } from "./read-dead-groups.ts";
import { cancelReplay, countReplay, listReplays, startReplay } from "./replay-many.ts";
import { REPLAY_BATCH, takeDueReplays, workReplay } from "./work-replay.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

const announced: { queue: string; jobs: readonly unknown[] }[] = [];
const deps = {
  db: app.db,
  producers: {
    announce: (queue: string, jobs: readonly unknown[]) => void announced.push({ queue, jobs }),
  },
};
const actorOf = ({ tenantId }: TestConnection) => ({ tenantId, userId: randomUUID() });
const DEAD = { state: "dead", outcome: "dead: no answer", attempts: 6 } as const;
const dead = (place: TestConnection, n: number) =>
  someEvents(
    app.db,
    place,
    Array.from({ length: n }, () => DEAD),
  );

/** Stands for the pipeline: everything that waits is worked. */
const settleAll = ({ tenantId }: TestConnection) =>
  withTenant(app.db, tenantId, (tx) =>
    tx.update(events).set({ state: "done" }).where(eq(events.state, "pending")),
  );

async function workToTheEnd(place: TestConnection, replayId: string): Promise<void> {
  while ((await workReplay(deps, { tenantId: place.tenantId, replayId })) !== "ended") await settleAll(place);
}

const generations = async ({ tenantId }: TestConnection) => {
  const rows = await withTenant(app.db, tenantId, (tx) =>
    tx.execute<{ generation: number; n: number }>(
      sql`SELECT generation, count(*)::int AS n FROM events GROUP BY 1 ORDER BY 1`,
    ),
  );
  return [...rows];
};

test("what died is grouped by cause, whatever numbers and ids are in it; another tenant has none of it", async () => {
  const [place, other] = [await aConnection(owner.db), await aConnection(owner.db)];
  await someEvents(app.db, place, [
    { ...DEAD, outcome: "dead: Profile 12 is gone" },
    { ...DEAD, outcome: "dead: Profile 977 is gone" },
    { ...DEAD, outcome: "dead: kim@example.com bounced" },
  ]);
  const groups = await readDeadGroups(app.db, place.tenantId);
  expect(groups.map(({ cause, count }) => [cause, count]).sort()).toEqual([
    ["Profile # is gone", 2],
    ["[email] bounced", 1],
  ]);
  const key = groups.find(({ count }) => count === 2)?.key ?? "";
  expect(await countReplay(app.db, place.tenantId, { state: "dead", cause: key })).toMatchObject({
    events: 2,
  });
  expect(await readDeadGroups(app.db, other.tenantId)).toEqual([]);
  expect(await countReplay(app.db, other.tenantId, {})).toMatchObject({ events: 0 });
});

test("a dry run changes nothing; a replay begins each event's next generation once and is audited", async () => {
  const place = await aConnection(owner.db);
  await dead(place, REPLAY_BATCH + 7);
  await someEvents(app.db, place, [{}, { state: "pending" }]);
  expect(await countReplay(app.db, place.tenantId, {})).toMatchObject({
    ...{ events: REPLAY_BATCH + 8, dead: REPLAY_BATCH + 7, waiting: 1, conversations: 2 },
  });
  expect(await generations(place)).toEqual([{ generation: 0, n: REPLAY_BATCH + 9 }]);
  const actor = actorOf(place);
  const { id } = await startReplay(app.db, actor, { state: "dead" });
  announced.length = 0;
  await workToTheEnd(place, id);
  expect(await generations(place)).toEqual([
    { generation: 0, n: 2 },
    { generation: 1, n: REPLAY_BATCH + 7 },
  ]);
  expect(announced.filter(({ queue }) => queue === "conversations").flatMap(({ jobs }) => jobs)).toHaveLength(
    2,
  );
  expect(await listReplays(app.db, place.tenantId)).toMatchObject([
    { id, state: "done", expected: REPLAY_BATCH + 7, replayed: REPLAY_BATCH + 7, atWork: 0, deadAgain: 0 },
  ]);
  const [entry] = await withTenant(app.db, place.tenantId, (tx) => tx.select().from(auditEntries));
  expect(entry).toMatchObject({ ...actor, action: "replay.started", target: id });
});

/** Resolves once a worker has said that a step is made. */
function firstStep(worker: ChildProcess): Promise<void> {
  return new Promise((resolve) => worker.stdout?.once("data", () => resolve()));
}

test("workers that are killed and workers that come at once begin no event twice and forget none", async () => {
  const place = await aConnection(owner.db);
  const total = 2 * REPLAY_BATCH + 50;
  await dead(place, total);
  const { id: replayId } = await startReplay(app.db, actorOf(place), { errors: "only" });
  const task = JSON.stringify({ tenantId: place.tenantId, replayId });
  const file = new URL("./testing/replay-worker.ts", import.meta.url).pathname;
  const worker = spawn(process.execPath, [file, urls.appUrl, task], { stdio: ["ignore", "pipe", "inherit"] });
  await firstStep(worker);
  worker.kill("SIGKILL");
  await new Promise((resolve) => worker.once("close", resolve));
  await Promise.all([workToTheEnd(place, replayId), workToTheEnd(place, replayId)]);
  expect(await generations(place)).toEqual([{ generation: 1, n: total }]);
  const items = await withTenant(app.db, place.tenantId, (tx) => tx.select().from(replayItems));
  expect(items).toHaveLength(total);
  expect(await listReplays(app.db, place.tenantId)).toMatchObject([{ state: "done", replayed: total }]);
});

test("a batch that does not commit has no effect, and the next worker takes it up", async () => {
  const place = await aConnection(owner.db);
  await dead(place, 3);
  const { id: replayId } = await startReplay(app.db, actorOf(place), {});
  const broken = { ...deps, db: failingAtCommit(app.db) };
  await expect(workReplay(broken, { tenantId: place.tenantId, replayId })).rejects.toThrow("power cut");
  expect(await generations(place)).toEqual([{ generation: 0, n: 3 }]);
  await workToTheEnd(place, replayId);
  expect(await generations(place)).toEqual([{ generation: 1, n: 3 }]);
});

/** Does all the work of a transaction, and then loses it. */
function failingAtCommit(db: typeof app.db): typeof app.db {
  const transaction = (work: Parameters<typeof db.transaction>[0]) =>
    db.transaction(async (tx) => {
      await work(tx);
      throw new Error("power cut");
    });
  return Object.assign(Object.create(db), { transaction });
}

test("a replay that is cancelled stops; one that nobody works on is due again after its hold", async () => {
  const place = await aConnection(owner.db);
  await dead(place, 2 * REPLAY_BATCH);
  const actor = actorOf(place);
  const { id: replayId } = await startReplay(app.db, actor, { state: "dead" });
  const mine = { tenantId: place.tenantId, replayId };
  expect(await takeDueReplays(app.db)).toContainEqual(mine);
  expect(await takeDueReplays(app.db)).not.toContainEqual(mine);
  await workReplay(deps, mine);
  await cancelReplay(app.db, actor, replayId);
  expect(await workReplay(deps, mine)).toBe("ended");
  expect(await generations(place)).toEqual([
    { generation: 0, n: REPLAY_BATCH },
    { generation: 1, n: REPLAY_BATCH },
  ]);
  await expect(cancelReplay(app.db, actor, replayId)).rejects.toMatchObject({ code: "conflict" });
  const stranger = actorOf(await aConnection(owner.db));
  await expect(cancelReplay(app.db, stranger, replayId)).rejects.toMatchObject({ code: "conflict" });
});

test("a replay waits while much of what it handed back is still at work", async () => {
  const place = await aConnection(owner.db);
  await dead(place, 4 * REPLAY_BATCH);
  const { id: replayId } = await startReplay(app.db, actorOf(place), {});
  const step = () => workReplay(deps, { tenantId: place.tenantId, replayId });
  expect([await step(), await step(), await step(), await step()]).toEqual(["more", "more", "more", "wait"]);
  await settleAll(place);
  expect(await step()).toBe("more");
});

test("unreadable deliveries are read again once; what comes after the start is not meant", async () => {
  const place = await aConnection(owner.db);
  const { tenantId, connectionId } = place;
  const unread = (messageId: string) => ({
    ...{ tenantId, connectionId, messageId, door: "widget", payload: {}, receivedAt: new Date() },
    ...{ state: "dead" as const, reason: "No such kind." },
  });
  const store = (id: string) =>
    withTenant(app.db, tenantId, (tx) => tx.insert(deliveries).values(unread(id)));
  await store("before");
  const { id: replayId } = await startReplay(app.db, actorOf(place), { type: "delivery" });
  await store("after");
  await workToTheEnd(place, replayId);
  const rows = await withTenant(app.db, tenantId, (tx) =>
    tx.select({ messageId: deliveries.messageId, state: deliveries.state }).from(deliveries),
  );
  expect(new Map(rows.map(({ messageId, state }) => [messageId, state]))).toEqual(
    new Map([
      ["before", "stored"],
      ["after", "dead"],
    ]),
  );
  await expect(startReplay(app.db, actorOf(place), { q: "nothing like it" })).rejects.toMatchObject({
    code: "conflict",
  });
});
