import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { aChatMessage } from "#/tests/factories/deliveries.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { createAcceptor } from "./accept-delivery.ts";
import { MOST_ATTEMPTS } from "./backoff.ts";
import { processDelivery } from "./process-delivery.ts";
import { findDueConversations } from "./sweep.ts";
import type { MortalTask } from "./testing/mortal-worker.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

const REASON = "its process ended while working on it";

/** Answers whether the process lived to the end of its work. */
function inOwnProcess(task: MortalTask): Promise<boolean> {
  const worker = new URL("./testing/mortal-worker.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [worker, urls.appUrl, JSON.stringify(task)], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code === 0)));
}

type Announced = { tenantId: string; deliveryId: string };

async function accepted(messages: readonly ReturnType<typeof aChatMessage>[]): Promise<Announced[]> {
  const announced: Announced[] = [];
  const announce = (_queue: string, jobs: readonly unknown[]) =>
    void announced.push(...(jobs as readonly Announced[]));
  const accept = createAcceptor(app.db, { announce });
  for (const message of messages) await accept(message);
  return announced;
}

const messagesOf = (place: TestConnection, conversationId: string, texts: readonly string[]) =>
  texts.map((text, second) =>
    aChatMessage(place, {
      conversationId,
      text,
      at: new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString(),
    }),
  );

const inTenant = <T>(place: TestConnection, work: Parameters<typeof withTenant<T>>[2]) =>
  withTenant(app.db, place.tenantId, work);

test("a delivery that ends its process each time is dead at last, and its neighbors are not", async () => {
  const place = await aConnection(owner.db);
  const [announced] = await accepted(messagesOf(place, randomUUID(), ["before", "poison", "after"]));
  if (!announced) throw new Error("nothing was announced");
  expect(await inOwnProcess({ delivery: announced })).toBe(false);
  let killed = 0;
  for (let due = await sweptOf(place); due.length > 0; due = await sweptOf(place)) {
    for (const delivery of due) if (!(await inOwnProcess({ delivery }))) killed += 1;
    expect(killed).toBeLessThan(MOST_ATTEMPTS * 2);
  }
  const rows = await inTenant(place, (tx) => tx.select().from(deliveries).orderBy(asc(deliveries.id)));
  expect(rows).toMatchObject([
    // Taken along once, when nobody knew yet which of them it was.
    { state: "processed", attempts: 1 },
    { state: "dead", reason: REASON, attempts: MOST_ATTEMPTS },
    { state: "processed", attempts: 1 },
  ]);
});

/** What the sweeper finds of this tenant once its hold has passed. */
async function sweptOf(place: TestConnection): Promise<Announced[]> {
  await inTenant(place, (tx) => tx.update(deliveries).set({ nextAttemptAt: new Date() }));
  const due = await findDueConversations(app.db);
  return due.deliveries.filter(({ tenantId }) => tenantId === place.tenantId);
}

test("an event that ends its process each time is dead at last, and the conversation goes on", async () => {
  const place = await aConnection(owner.db);
  for (const each of await accepted(messagesOf(place, randomUUID(), ["before", "poison", "after"])))
    await processDelivery(app.db, each, normalize);
  const [row] = await inTenant(place, (tx) => tx.select({ id: conversations.id }).from(conversations));
  const drain = { tenantId: place.tenantId, conversationId: row?.id ?? "" };
  let killed = 0;
  while (!(await inOwnProcess({ drain }))) {
    killed += 1;
    expect(killed).toBeLessThanOrEqual(MOST_ATTEMPTS);
    await inTenant(place, (tx) => tx.update(conversations).set({ claimedUntil: new Date(0) }));
  }
  expect(killed).toBe(MOST_ATTEMPTS);
  const rows = await inTenant(place, (tx) =>
    tx.select().from(events).where(eq(events.type, "utterance")).orderBy(asc(events.occurredAt)),
  );
  expect(rows).toMatchObject([
    { state: "done", attempts: 0 },
    { state: "dead", outcome: `dead: ${REASON}`, attempts: MOST_ATTEMPTS },
    { state: "done", attempts: 0 },
  ]);
  expect(rows[1]?.trail.attempts).toEqual([{ at: expect.any(Number), error: REASON, generation: 0 }]);
});
