import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { connectRedis } from "#/lib/redis/connect.ts";
import { someEvents } from "#/tests/factories/events.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { beat, readHeartbeats } from "./heartbeat.ts";
import { binOf } from "./histogram.ts";
import { probeDependencies } from "./probe-dependencies.ts";
import { noteProcesses, readGauges, readProcessHistory } from "./process-history.ts";
import { readBacklog } from "./read-backlog.ts";
import { readConnectionsHealth } from "./read-connections.ts";
import { readSeries } from "./read-series.ts";
import { readTrouble } from "./read-trouble.ts";
import { rollUp } from "./roll-up.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const redis = connectRedis(await testRedisUrl(), { maxRetriesPerRequest: 1 });

afterAll(async () => {
  redis.disconnect();
  await app.close();
  await owner.close();
});

const trail = (emitted: number, painted?: number) => ({
  at: { received: 0, stored: 10, emitted, ...(painted !== undefined && { painted }) },
  attempts: [],
  notes: [],
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

test("percentiles come from the trails; replays and late paints are left out", async () => {
  const place = await aConnection(owner.db);
  await someEvents(app.db, place, [
    { trail: trail(100, 150) },
    { trail: trail(100, 3_600_000) },
    { trail: trail(9_000_000), generation: 1 },
  ]);
  await rollUp(app.db);
  const { stages } = await readSeries(app.db, place.tenantId, "1h", Date.now());
  expect(stages.map(({ stage }) => stage)).toEqual(["stored", "emitted", "painted"]);
  expect(stages[1]?.latency.count).toBe(2);
  expect(Math.abs((stages[1]?.latency.p50 ?? 0) - 100)).toBeLessThanOrEqual(2);
  expect(stages[2]?.latency.count).toBe(1);
});

test("the time axis is whole, empty intervals included, and counts only this tenant", async () => {
  const [place, other] = [await aConnection(owner.db), await aConnection(owner.db)];
  await someEvents(app.db, place, [{ trail: trail(100) }, { state: "dead", storedAt: minutesAgo(50) }]);
  await someEvents(app.db, other, [{}]);
  await rollUp(app.db);
  const { points, totals } = await readSeries(app.db, place.tenantId, "1h", Date.now());
  expect(points).toHaveLength(60);
  expect(totals).toMatchObject({ events: 2, dead: 1, emitted: 1 });
  for (const [range, length] of [
    ["24h", 96],
    ["7d", 84],
    ["30d", 120],
  ] as const) {
    const wide = await readSeries(app.db, place.tenantId, range, Date.now());
    expect(wide.points).toHaveLength(length);
    expect(wide.totals).toEqual(totals);
  }
});

test("what is late, changes late or is counted again is counted once", async () => {
  const place = await aConnection(owner.db);
  const [id = ""] = await someEvents(app.db, place, [
    { trail: trail(100), storedAt: minutesAgo(90) },
    { trail: trail(100), storedAt: minutesAgo(5 * 24 * 60) },
  ]);
  await rollUp(app.db);
  const read = async () => (await readSeries(app.db, place.tenantId, "30d", Date.now())).totals;
  expect(await read()).toMatchObject({ events: 2, emitted: 2, acknowledged: 0 });
  // An event of an old minute, and another one's card that arrives an hour and a half later.
  await someEvents(app.db, place, [{ trail: trail(300), storedAt: minutesAgo(5 * 24 * 60) }]);
  const arrived = JSON.stringify({ received: 0, stored: 10, emitted: 100, acknowledged: 5_400_000 });
  await withTenant(app.db, place.tenantId, (tx) =>
    tx.execute(sql`UPDATE events SET trail = jsonb_set(trail, '{at}', ${arrived}::jsonb) WHERE id = ${id}`),
  );
  await Promise.all([rollUp(app.db), rollUp(app.db)]);
  await rollUp(app.db);
  expect(await read()).toMatchObject({ events: 3, emitted: 3, acknowledged: 1 });
});

test("what the roll-ups say of percentiles is at most 2 % off the exact ones, over any range", async () => {
  const place = await aConnection(owner.db);
  const took = Array.from({ length: 400 }, (_, index) => Math.exp(((index * 7_919) % 400) / 40));
  await someEvents(
    app.db,
    place,
    took.map((ms, index) => ({ trail: trail(ms), storedAt: minutesAgo(index * 7) })),
  );
  await rollUp(app.db);
  const sorted = [...took].sort((one, other) => one - other);
  const { stages } = await readSeries(app.db, place.tenantId, "30d", Date.now());
  const latency = stages.find(({ stage }) => stage === "emitted")?.latency;
  for (const [part, read] of [
    [0.5, latency?.p50],
    [0.95, latency?.p95],
    [0.99, latency?.p99],
  ] as const) {
    const exact = sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;
    expect(Math.abs((read ?? Number.NaN) - exact) / exact, `p${part}`).toBeLessThanOrEqual(0.02);
  }
});

test("the bins of Postgres are the bins that percentiles are read from", async () => {
  const values = Array.from({ length: 300 }, (_, index) => 1.07 ** index * 0.97);
  const rows = await owner.db.execute<{ ms: number; bin: number }>(
    sql`SELECT v.ms::float8 AS ms, across.latency_bin(v.ms::float8) AS bin FROM jsonb_array_elements_text(${JSON.stringify(values)}::jsonb) AS v (ms)`,
  );
  expect(rows.map(({ bin }) => bin)).toEqual(rows.map(({ ms }) => binOf(ms)));
});

test("since when a process is gone is known after Redis has forgotten it", async () => {
  const word = { process: "realtime", version: "1.2.3", figures: { widgets: 4 } };
  await noteProcesses(app.db, [{ ...word, replicas: 2 }]);
  await noteProcesses(app.db, [{ ...word, replicas: 0 }]);
  const memory = (await readProcessHistory(app.db)).get("realtime");
  expect(memory).toMatchObject({ version: "1.2.3" });
  await owner.db.execute(
    sql`UPDATE process_samples SET at = at - interval '3 minutes', replicas = 2 WHERE process = 'realtime'`,
  );
  await noteProcesses(app.db, [{ ...word, replicas: 0 }]);
  const lastUp = (await readProcessHistory(app.db)).get("realtime")?.lastUpAt ?? "";
  expect(Date.now() - Date.parse(lastUp)).toBeGreaterThan(2 * 60_000);
  const gauges = await readGauges(app.db, "1h", Date.now());
  expect([...gauges.values()]).toEqual([{ widgets: 4 }]);
  await expect(app.db.execute(sql`select * from process_samples`)).resolves.toHaveLength(0);
});

test("a connection shows what waits and what failed, of its own tenant only", async () => {
  const [place, other] = [await aConnection(owner.db), await aConnection(owner.db)];
  await someEvents(app.db, place, [{ state: "pending" }, { state: "dead" }, {}]);
  await someEvents(app.db, other, [{ state: "dead" }]);
  const rows = await readConnectionsHealth(app.db, place.tenantId);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    id: place.connectionId,
    events: 3,
    failed: 1,
    waiting: 1,
    liveConversations: 1,
  });
  expect(rows[0]?.oldestWaitingAt).toBeDefined();
  expect((await readTrouble(app.db, place.tenantId)).deadEvents.count).toBe(1);
  expect((await readBacklog(app.db)).events.count).toBeGreaterThanOrEqual(1);
});

test("what is parked is counted apart, and is nothing that failed", async () => {
  const place = await aConnection(owner.db);
  const { tenantId, connectionId } = place;
  const unread = (state: "parked" | "dead", storedAt = new Date()) => ({
    ...{ tenantId, connectionId, state, storedAt, receivedAt: storedAt },
    ...{ door: "widget", messageId: randomUUID(), payload: {} },
  });
  const earlier = new Date(Date.now() - 2 * 3_600_000);
  await withTenant(app.db, tenantId, (tx) =>
    tx
      .insert(deliveries)
      .values([unread("parked"), unread("parked"), unread("parked", earlier), unread("dead")]),
  );
  expect(await readConnectionsHealth(app.db, tenantId)).toMatchObject([{ failed: 1, parked: 2, waiting: 0 }]);
  expect((await readTrouble(app.db, tenantId)).deadDeliveries.count).toBe(1);
});

test("a heart that beats is read back; both dependencies answer, one that is gone does not", async () => {
  await beat(redis, { process: "jobs", startedAt: 1 }, { drains: 2 });
  expect(await readHeartbeats(redis)).toMatchObject([{ process: "jobs", figures: { drains: 2 } }]);
  expect((await probeDependencies(app.db, redis)).map(({ ok }) => ok)).toEqual([true, true]);
  const gone = connectRedis("redis://127.0.0.1:1", { maxRetriesPerRequest: 1 });
  gone.on("error", () => {});
  const answers = await probeDependencies(app.db, gone);
  gone.disconnect();
  expect(answers.map(({ ok }) => ok)).toEqual([true, false]);
});
