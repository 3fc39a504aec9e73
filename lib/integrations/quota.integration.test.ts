import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { noteQuota, readQuota } from "./quota.ts";

const redis = new Redis(await testRedisUrl());
afterAll(() => redis.quit());

test("what the platform says of its limit is kept by connection, and refusals are counted", async () => {
  const now = Date.parse("2026-03-02T10:00:00Z");
  const id = crypto.randomUUID();
  expect(await readQuota(redis, [id], now)).toEqual(new Map());
  await noteQuota(redis, id, { allowed: 300, used: 12, resetMs: 30_000, refused: false }, now);
  await noteQuota(redis, id, { refused: true }, now);
  await noteQuota(redis, id, { refused: true }, now - 2 * 3_600_000);
  expect((await readQuota(redis, [id], now)).get(id)).toMatchObject({
    allowed: 300,
    used: 12,
    refusedLastHour: 1,
    refusedLastDay: 2,
  });
  // The window is over: what was used in it says nothing any more.
  expect((await readQuota(redis, [id], now + 60_000)).get(id)?.used).toBeUndefined();
  expect((await readQuota(redis, [id], now + 7 * 3_600_000)).get(id)).toMatchObject({
    refusedLastHour: 0,
    refusedLastDay: 2,
  });
});

test("refusals that were counted elsewhere are added as many as they were", async () => {
  const id = crypto.randomUUID();
  const now = Date.parse("2026-03-02T10:00:00Z");
  await noteQuota(redis, id, { refused: 7, used: 300, allowed: 300 }, now);
  await noteQuota(redis, id, { refused: 0 }, now);
  await noteQuota(redis, id, { refused: true }, now);
  expect((await readQuota(redis, [id], now)).get(id)).toMatchObject({ refusedLastHour: 8, used: 300 });
});
