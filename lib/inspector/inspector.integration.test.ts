import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { newTrail } from "#/lib/events/trail.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import { aChatMessage } from "#/tests/factories/deliveries.ts";
import { someEvents } from "#/tests/factories/events.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { parseFilter, type SearchParams } from "./inspector-filter.ts";
import { listEvents, PAGE_SIZE } from "./list-events.ts";
import { readDelivery } from "./read-delivery.ts";
import { readEvent } from "./read-event.ts";
import { readOverview } from "./read-overview.ts";
import { replayDelivery, replayEvent } from "./replay.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const announced: unknown[] = [];
const deps = {
  db: app.db,
  producers: { announce: (queue: string, jobs: readonly unknown[]) => void announced.push({ queue, jobs }) },
};

afterAll(async () => {
  await app.close();
  await owner.close();
});

/** Answered in silence, at known moments, with something in it to redact. */
const talkedOf = (place: TestConnection, all: readonly Partial<typeof events.$inferInsert>[]) =>
  someEvents(
    app.db,
    place,
    all.map((fields) => ({
      data: { speaker: "customer", text: "Hello, I am kim@example.com", channel: "chat" },
      outcome: "silent: nothing asked",
      trail: newTrail({ received: 1_000, stored: 1_005, emitted: 1_100, painted: 9_000 }),
      ...fields,
    })),
  );

async function aDeadDelivery(
  place: TestConnection,
  fields: Partial<typeof deliveries.$inferInsert> = {},
): Promise<string> {
  const { tenantId, connectionId } = place;
  const [row] = await withTenant(app.db, tenantId, (tx) =>
    tx
      .insert(deliveries)
      .values({
        tenantId,
        connectionId,
        door: "widget",
        messageId: randomUUID(),
        payload: { kind: "riddle", from: "kim@example.com" },
        state: "dead",
        reason: "No such kind.",
        attempts: 1,
        receivedAt: new Date(),
        ...fields,
      })
      .returning({ id: deliveries.id }),
  );
  return row?.id ?? "";
}

const list = (place: TestConnection, params: SearchParams = {}) =>
  listEvents(app.db, place.tenantId, parseFilter(params, Date.now()));

test("the list is redacted, newest first, and holds what nobody could read", async () => {
  const place = await aConnection(owner.db);
  await talkedOf(place, [{ storedAt: new Date(Date.now() - 60_000) }]);
  const dead = await aDeadDelivery(place);
  const { rows, count } = await list(place);
  expect(count).toBe(2);
  expect(rows[0]).toMatchObject({ kind: "delivery", id: dead, state: "dead", summary: "No such kind." });
  expect(rows[1]).toMatchObject({
    kind: "event",
    summary: "Customer: Hello, I am [email]",
    platform: "genesys",
    totalMs: 100,
  });
});

test("pages follow each other without a gap or a repeat, also where rows share their moment", async () => {
  const place = await aConnection(owner.db);
  const storedAt = new Date(Date.now() - 5_000);
  const ids = await talkedOf(
    place,
    Array.from({ length: 2 * PAGE_SIZE + 7 }, () => ({ storedAt })),
  );
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await list(place, { after });
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
  } while (after);
  expect(seen).toHaveLength(ids.length);
  expect(new Set(seen)).toEqual(new Set(ids));
});

test("each filter keeps what it names", async () => {
  const place = await aConnection(owner.db);
  const [dead, retried, asked] = await talkedOf(place, [
    { state: "dead", outcome: "dead: no" },
    { state: "pending", attempts: 2 },
    { type: "question.asked", data: { text: "why" }, storedAt: new Date(Date.now() - 7_200_000) },
  ]);
  const delivery = await aDeadDelivery(place);
  const ids = async (params: SearchParams) => (await list(place, params)).rows.map(({ id }) => id).sort();
  expect(await ids({ state: "dead" })).toEqual([dead, delivery].sort());
  expect(await ids({ errors: "only" })).toEqual([dead, retried, delivery].sort());
  expect(await ids({ type: "question.asked" })).toEqual([asked]);
  expect(await ids({ type: "delivery" })).toEqual([delivery]);
  expect(await ids({ range: "1h" })).toEqual([dead, retried, delivery].sort());
  expect(await ids({ to: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([asked]);
  expect(await ids({ connection: randomUUID() })).toEqual([]);
  expect(await ids({ conversation: randomUUID() })).toEqual([]);
});

test("an event shows its trail, its neighbors and what was redacted", async () => {
  const place = await aConnection(owner.db);
  const [first = "", second = ""] = await talkedOf(place, [
    {},
    {
      trail: { ...newTrail({ received: 5 }), attempts: [{ at: 6, error: "no answer" }], notes: ["degraded"] },
    },
  ]);
  const event = await readEvent(app.db, place.tenantId, second);
  expect(event).toMatchObject({ failures: [{ at: 6, error: "no answer" }], notes: ["degraded"] });
  expect(event?.canonical.counts).toEqual({ email: 1 });
  expect(event?.canonical.json).not.toContain("kim@example.com");
  expect(event?.related.map(({ id }) => id).sort()).toEqual([first, second].sort());
});

test("a replay starts the next generation, is announced and is audited", async () => {
  const place = await aConnection(owner.db);
  const [id = ""] = await talkedOf(place, [{ state: "dead", attempts: 6, outcome: "dead: no" }]);
  const actor = { tenantId: place.tenantId, userId: randomUUID() };
  announced.length = 0;
  await replayEvent(deps, actor, id);
  const [row] = await withTenant(app.db, place.tenantId, (tx) => tx.select().from(events));
  expect(row).toMatchObject({ state: "pending", generation: 1, attempts: 0, outcome: null });
  expect(announced).toEqual([
    { queue: "conversations", jobs: [{ tenantId: place.tenantId, conversationId: row?.conversationId }] },
  ]);
  const [entry] = await withTenant(app.db, place.tenantId, (tx) => tx.select().from(auditEntries));
  expect(entry).toMatchObject({ ...actor, action: "event.replayed", target: id });
  await expect(replayEvent(deps, actor, id)).rejects.toMatchObject({ code: "conflict" });
});

test("a dead delivery is stored again and announced; a second replay is refused", async () => {
  const place = await aConnection(owner.db);
  const id = await aDeadDelivery(place);
  const actor = { tenantId: place.tenantId, userId: randomUUID() };
  announced.length = 0;
  await replayDelivery(deps, actor, id);
  expect(await readDelivery(app.db, place.tenantId, id)).toMatchObject({
    state: "stored",
    attempts: 0,
    reason: "",
    payload: { counts: { email: 1 } },
  });
  expect(announced).toEqual([{ queue: "deliveries", jobs: [{ tenantId: place.tenantId, deliveryId: id }] }]);
  await expect(replayDelivery(deps, actor, id)).rejects.toMatchObject({ code: "conflict" });
});

test("a parked delivery is told from a dead one, is no error, and is read when it is replayed", async () => {
  const place = await aConnection(owner.db);
  const { payload } = aChatMessage(place, { text: "known by now" });
  const dead = await aDeadDelivery(place);
  const parked = await aDeadDelivery(place, { state: "parked", reason: "No such kind yet.", payload });
  const ids = async (params: SearchParams) => (await list(place, params)).rows.map(({ id }) => id).sort();
  expect(await ids({ type: "delivery" })).toEqual([dead, parked].sort());
  expect(await ids({ state: "parked" })).toEqual([parked]);
  expect(await ids({ state: "dead" })).toEqual([dead]);
  expect(await ids({ errors: "only" })).toEqual([dead]);
  expect((await list(place, { state: "parked" })).rows).toMatchObject([
    { kind: "delivery", state: "parked", summary: "No such kind yet." },
  ]);
  await replayDelivery(deps, { tenantId: place.tenantId, userId: randomUUID() }, parked);
  await processDelivery(app.db, { tenantId: place.tenantId, deliveryId: parked }, normalize);
  expect(await readDelivery(app.db, place.tenantId, parked)).toMatchObject({ state: "processed" });
  expect(await ids({ type: "utterance" })).toHaveLength(1);
});

test("another tenant's events and deliveries do not exist", async () => {
  const mine = await aConnection(owner.db);
  const theirs = await aConnection(owner.db);
  const [event = ""] = await talkedOf(theirs, [{ state: "dead" }]);
  const delivery = await aDeadDelivery(theirs);
  const me = { tenantId: mine.tenantId, userId: randomUUID() };
  expect((await list(mine, { connection: theirs.connectionId })).count).toBe(0);
  expect(await readEvent(app.db, mine.tenantId, event)).toBeUndefined();
  expect(await readDelivery(app.db, mine.tenantId, delivery)).toBeUndefined();
  await expect(replayEvent(deps, me, event)).rejects.toMatchObject({ code: "not_found" });
  await expect(replayDelivery(deps, me, delivery)).rejects.toMatchObject({ code: "not_found" });
  expect((await readOverview(app.db, mine.tenantId)).counts.events).toBe(0);
});

test("the overview counts the day and knows what is set up", async () => {
  const place = await aConnection(owner.db);
  await talkedOf(place, [{ outcome: "no source: nothing found" }, {}]);
  expect(await readOverview(app.db, place.tenantId)).toMatchObject({
    counts: { conversations: 1, events: 2, noSource: 1, suggestions: 0 },
    setUp: { connection: true, knowledge: false, mapping: false, firstEvent: true, firstSuggestion: false },
    latest: [],
  });
});

test("an event that is worked on for the first time has not failed", async () => {
  const place = await aConnection(owner.db);
  const failed = { ...newTrail({}), attempts: [{ at: 1, error: "no answer" }] };
  const [inWork = "", waits = ""] = await talkedOf(place, [
    { state: "pending", attempts: 1 },
    { state: "pending", attempts: 1, trail: failed },
  ]);
  const { rows } = await list(place, { errors: "only" });
  expect(rows).toMatchObject([{ id: waits, attempts: 1 }]);
  expect(await readEvent(app.db, place.tenantId, inWork)).toMatchObject({ attempts: 0 });
});
