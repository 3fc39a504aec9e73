import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Database } from "#/lib/db/database.ts";
import { createAcceptor } from "./accept-delivery.ts";

const aDelivery = () => ({
  tenantId: randomUUID(),
  connectionId: randomUUID(),
  door: "widget" as const,
  messageId: randomUUID(),
  payload: {},
  receivedAt: 0,
});

/** Five accepted at once, which are two batches: the first alone, then the other four. */
async function attemptsOf(failure: Error): Promise<number> {
  let attempts = 0;
  const execute = async () => {
    attempts += 1;
    throw failure;
  };
  const accept = createAcceptor({ execute } as unknown as Database, { announce: () => {} });
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => accept(aDelivery())));
  for (const result of results)
    expect(result).toMatchObject({ status: "rejected", reason: { code: "upstream_unavailable" } });
  return attempts;
}

test("while Postgres is away a batch is refused at once and together", async () => {
  const lost = new Error("Failed query", {
    cause: Object.assign(new Error("no"), { code: "CONNECT_TIMEOUT" }),
  });
  expect(await attemptsOf(lost)).toBe(2);
});

test("what Postgres refuses for its content is found out one by one", async () => {
  const refused = new Error("Failed query", { cause: Object.assign(new Error("no"), { code: "22P05" }) });
  expect(await attemptsOf(refused)).toBe(2 + 1 + 4);
});
