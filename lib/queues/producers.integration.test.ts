import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { createProducers, type Producers } from "./producers.ts";

const redisUrl = await testRedisUrl();
const opened: Producers[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((producers) => producers.close()));
});

function producersAt(url: string) {
  const lost: unknown[] = [];
  const producers = createProducers(url, (error) => lost.push(error));
  opened.push(producers);
  return { producers, lost };
}

const aJob = () => ({ tenantId: randomUUID(), deliveryId: randomUUID() });

test("what is announced waits in the queue for a worker", async () => {
  const { producers, lost } = producersAt(redisUrl);
  await producers.queue("deliveries").waitUntilReady();
  const job = aJob();
  producers.announce("deliveries", [job]);
  await vi.waitFor(async () => {
    const waiting = await producers.queue("deliveries").getWaiting();
    expect(waiting.map(({ data }) => data)).toContainEqual(job);
  });
  expect(lost).toEqual([]);
});

test("while Redis is away announcing ends at once and says so", () => {
  const { producers, lost } = producersAt("redis://127.0.0.1:1");
  producers.announce("deliveries", [aJob()]);
  expect(lost).toHaveLength(1);
});
