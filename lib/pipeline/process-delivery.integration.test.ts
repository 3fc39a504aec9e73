import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { aChatMessage } from "#/tests/factories/deliveries.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { processDelivery } from "./process-delivery.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

type Announced = { tenantId: string; deliveryId: string };

/** Accepts messages one after the other; answers what was announced of them. */
async function accepted(messages: readonly ReturnType<typeof aChatMessage>[]): Promise<Announced[]> {
  const announced: Announced[] = [];
  const announce = (_queue: string, jobs: readonly unknown[]) =>
    void announced.push(...(jobs as readonly Announced[]));
  const accept = createAcceptor(app.db, { announce });
  for (const message of messages) await accept(message);
  return announced;
}

const utterancesOf = (place: TestConnection) =>
  withTenant(app.db, place.tenantId, async (tx) => {
    const rows = await tx
      .select()
      .from(events)
      .where(eq(events.type, "utterance"))
      .orderBy(asc(events.occurredAt), asc(events.deliveryId));
    return rows.map(({ data }) => data.text);
  });

const statesOf = (place: TestConnection) =>
  withTenant(app.db, place.tenantId, async (tx) => {
    const rows = await tx.select().from(deliveries).orderBy(asc(deliveries.id));
    return rows.map(({ state }) => state);
  });

test("the announcement that comes first brings everything that waits for its conversation", async () => {
  const place = await aConnection(owner.db);
  const conversationId = randomUUID();
  const lines = ["one", "two", "three"].map((text) => aChatMessage(place, { conversationId, text }));
  const [, , last] = await accepted(lines);
  if (!last) throw new Error("nothing was announced");
  const conversations = await processDelivery(app.db, last, normalize);
  expect(conversations).toHaveLength(1);
  expect((await utterancesOf(place)).toSorted()).toEqual(["one", "three", "two"]);
});

test("workers side by side bring each delivery in once", async () => {
  const place = await aConnection(owner.db);
  const conversationId = randomUUID();
  const texts = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const announced = await accepted(texts.map((text) => aChatMessage(place, { conversationId, text })));
  await Promise.all(announced.toReversed().map((each) => processDelivery(app.db, each, normalize)));
  expect((await utterancesOf(place)).toSorted()).toEqual(texts.toSorted());
});

test("another conversation's deliveries and an unreadable neighbor are left to themselves", async () => {
  const place = await aConnection(owner.db);
  const conversationId = randomUUID();
  const good = aChatMessage(place, { conversationId, text: "good" });
  const broken = { ...aChatMessage(place), payload: { kind: "nobody knows", conversationId } };
  const other = aChatMessage(place, { conversationId: randomUUID(), text: "elsewhere" });
  const announced = await accepted([broken, good, other]);
  const [, second] = announced;
  if (!second) throw new Error("nothing was announced");
  await processDelivery(app.db, second, normalize);
  expect(await statesOf(place)).toEqual(["dead", "processed", "stored"]);
});

test("a shape that its connector does not know yet is parked with the reason, and not tried again", async () => {
  const place = await aConnection(owner.db);
  const [poison, novel] = await accepted([
    { ...aChatMessage(place), payload: { kind: "riddle" } },
    aChatMessage(place, { text: "a kind of tomorrow" }),
  ]);
  if (!poison || !novel) throw new Error("nothing was announced");
  const yesterday: typeof normalize = (platform, payload, origin) => {
    const events = normalize(platform, payload, origin);
    if (events.length > 0) throw new AppError("unknown_shape", "This version does not know this kind.");
    return events;
  };
  for (const each of [poison, novel]) await processDelivery(app.db, each, yesterday);
  expect(await statesOf(place)).toEqual(["dead", "parked"]);
  const [, parked] = await withTenant(app.db, place.tenantId, (tx) =>
    tx.select().from(deliveries).orderBy(asc(deliveries.id)),
  );
  expect(parked).toMatchObject({ reason: "This version does not know this kind." });
  // It waits for a person, however well it could be read by now.
  await processDelivery(app.db, novel, normalize);
  expect(await statesOf(place)).toEqual(["dead", "parked"]);
});

test("a delivery whose events were there already says so", async () => {
  const place = await aConnection(owner.db);
  const first = aChatMessage(place, { text: "once" });
  const again = { ...first, messageId: randomUUID() };
  for (const each of await accepted([first, again])) await processDelivery(app.db, each, normalize);
  const reasons = await withTenant(app.db, place.tenantId, (tx) =>
    tx.select({ reason: deliveries.reason }).from(deliveries).orderBy(asc(deliveries.id)),
  );
  expect(reasons.map(({ reason }) => reason)).toEqual([null, "repeats events that were there"]);
});
