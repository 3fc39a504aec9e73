import { randomUUID } from "node:crypto";
import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { createAskJobs } from "./ask-jobs.ts";
import { createProducers } from "./producers.ts";

const redisUrl = await testRedisUrl();
const producers = createProducers(redisUrl);
const jobs = createAskJobs(producers, redisUrl);
const closing: (() => Promise<unknown>)[] = [() => jobs.close(), () => producers.close()];
afterAll(() => Promise.all(closing.map((close) => close())));

const work = (name: string, run: (data: unknown) => Promise<unknown>) => {
  const worker = new Worker(name, (job) => run(job.data), { connection: { url: redisUrl } });
  closing.push(() => worker.close());
};

test("the first request of a process is answered, and so is a refusal", async () => {
  work("requests", async (data) => {
    const { name } = data as { name: string };
    return name === "greet"
      ? { ok: true, value: "hello" }
      : { ok: false, code: "not_found", message: "Nobody." };
  });
  await expect(jobs.ask("greet", {})).resolves.toBe("hello");
  await expect(jobs.ask("riddle", {})).rejects.toMatchObject({ code: "not_found", message: "Nobody." });
});

test("what is announced reaches a worker, also after Redis was wiped", async () => {
  const seen: string[] = [];
  work("deliveries", async (data) => void seen.push((data as { deliveryId: string }).deliveryId));
  const announce = () => {
    const job = { tenantId: randomUUID(), deliveryId: randomUUID() };
    producers.announce("deliveries", [job]);
    return job.deliveryId;
  };
  const first = announce();
  await expect.poll(() => seen).toContain(first);
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  redis.disconnect();
  const second = announce();
  await expect.poll(() => seen, { timeout: 15_000 }).toContain(second);
});
