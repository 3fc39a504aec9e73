import { randomUUID } from "node:crypto";
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
import { probeDependencies } from "./probe-dependencies.ts";
import { readBacklog } from "./read-backlog.ts";
import { readConnectionsHealth } from "./read-connections.ts";
import { readLatency } from "./read-latency.ts";
import { readRates } from "./read-rates.ts";
import { readTrouble } from "./read-trouble.ts";

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

test("percentiles come from the trails; replays and late paints are left out", async () => {
  const place = await aConnection(owner.db);
  await someEvents(app.db, place, [
    { trail: trail(100, 150) },
    { trail: trail(200, 3_600_000) },
    { trail: trail(9_000_000), generation: 1 },
  ]);
  const stages = await readLatency(app.db, place.tenantId, "1h");
  expect(stages.map(({ stage }) => stage)).toEqual(["stored", "emitted", "painted"]);
  expect(stages[1]).toMatchObject({ count: 2, p50: 150 });
  expect(stages[2]).toMatchObject({ count: 1, p50: 150 });
});

test("the time axis is whole, empty minutes included, and counts only this tenant", async () => {
  const [place, other] = [await aConnection(owner.db), await aConnection(owner.db)];
  await someEvents(app.db, place, [{ trail: trail(100) }, { state: "dead" }]);
  await someEvents(app.db, other, [{}]);
  const buckets = await readRates(app.db, place.tenantId, "1h");
  expect(buckets).toHaveLength(60);
  expect(buckets.reduce((sum, { events: n }) => sum + n, 0)).toBe(2);
  expect(buckets.reduce((sum, { dead }) => sum + dead, 0)).toBe(1);
  expect(await readRates(app.db, place.tenantId, "24h")).toHaveLength(96);
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
