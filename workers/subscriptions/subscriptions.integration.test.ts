import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { Redis } from "ioredis";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import { platformQueues } from "#/drizzle/schema/platform-queues.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { readSubscriptionStates } from "#/lib/health/subscription-states.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import { DEMO_CLIENTS } from "#/sandbox/genesys/organization/demo-organization.ts";
import { startOrganization } from "#/sandbox/genesys/organization/start-organization.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { type Subscriptions, startSubscriptions } from "./start-subscriptions.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const redis = new Redis(await testRedisUrl());
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);
const organization = await startOrganization({ seed: 7 });
const [client] = DEMO_CLIENTS;
let running: Subscriptions[] = [];
const places: TestConnection[] = [];

afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  running = [];
  // A connection of an earlier test is nobody's any more.
  for (const place of places.splice(0)) await change(place, { active: false });
});
afterAll(async () => {
  await organization.close();
  await Promise.all([app.close(), owner.close(), redis.quit()]);
});

const WAIT = { timeout: 15_000, interval: 100 };

function aProcess(): Subscriptions {
  const started = startSubscriptions({
    db: app.db,
    redis,
    producers: { announce: () => {} },
    ring,
    network: { fetch, sandboxes: { genesys: organization.url } },
    log: createLog("test", "silent"),
  });
  running.push(started);
  return started;
}

async function aGenesysConnection(settings: Record<string, unknown> = {}): Promise<TestConnection> {
  const id = randomUUID();
  const place = await aConnection(owner.db, {
    id,
    active: false,
    settings: { environment: "sandbox", clientId: client?.id, serverMessages: true, ...settings },
  });
  const sealing = { tenantId: place.tenantId, ownerId: id, field: "clientSecret" };
  const sealed = { clientSecret: seal(client?.secret ?? "", sealing, ring) };
  await change(place, { sealed, active: true });
  places.push(place);
  return place;
}

const change = (place: TestConnection, fields: Partial<typeof connections.$inferInsert>) =>
  withTenant(app.db, place.tenantId, (tx) =>
    tx.update(connections).set(fields).where(eq(connections.id, place.connectionId)),
  );

const stored = (place: TestConnection) =>
  withTenant(app.db, place.tenantId, (tx) =>
    tx.select().from(deliveries).where(eq(deliveries.connectionId, place.connectionId)),
  );

const kindsOf = async (place: TestConnection) =>
  (await stored(place)).map(({ payload }) => (payload as { kind: string }).kind);

const stateOf = async ({ connectionId }: TestConnection) =>
  (await readSubscriptionStates(redis, [connectionId])).get(connectionId);

const isLive = (place: TestConnection) =>
  vi.waitFor(async () => expect(await stateOf(place)).toMatchObject({ state: "live" }), WAIT);

test("the health page learns since when a stream is live, and a beat does not begin it anew", async () => {
  const place = await aGenesysConnection();
  const subscriptions = aProcess();
  await isLive(place);
  const first = await stateOf(place);
  expect(first?.since).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await subscriptions.beat();
  const second = await stateOf(place);
  expect(second?.since).toBe(first?.since);
  expect(second?.at).toBeGreaterThan(first?.at ?? 0);
});

test("a customer's message comes through the queue topic, and once with what a widget forwards", async () => {
  const place = await aGenesysConnection();
  aProcess();
  await isLive(place);
  const { id } = organization.start({ queueId: "queue-billing" });
  const messageId = organization.customerWrites(id, "Why was I charged twice?");
  await vi.waitFor(async () => expect(await kindsOf(place)).toContain("message"), WAIT);
  const ours = await stored(place);
  expect(ours.find(({ messageId: given }) => given.startsWith("message/"))).toMatchObject({
    door: "subscription",
    messageId: `message/${id}/${messageId}`,
    payload: { message: { text: "Why was I charged twice?", queueId: "queue-billing" } },
  });
  const accept = createAcceptor(app.db, { announce: () => {} });
  const { tenantId, connectionId } = place;
  const forwarded = { messageId, from: "customer", text: "Why was I charged twice?" };
  const payload = { kind: "message", conversationId: id, message: forwarded };
  await accept({
    tenantId,
    connectionId,
    door: "widget",
    messageId: "other",
    payload,
    receivedAt: Date.now(),
  });
  for (const { id: deliveryId } of await stored(place))
    await processDelivery(app.db, { tenantId, deliveryId }, normalize);
  const found = await withTenant(app.db, tenantId, (tx) =>
    tx.select().from(events).where(eq(events.connectionId, connectionId)),
  );
  expect(found.filter(({ type }) => type === "utterance")).toHaveLength(1);
});

test("transfer, end and a shape that nobody knows reach the pipeline too", async () => {
  const place = await aGenesysConnection();
  aProcess();
  await isLive(place);
  const [kim, daniel] = ["1f0a6c1e-8f0a-4d8a-b1b0-3c5b6f7a0001", "1f0a6c1e-8f0a-4d8a-b1b0-3c5b6f7a0002"];
  const { id } = organization.start({ queueId: "queue-billing", userId: kim, text: "Hello" });
  const agents = async () =>
    (await stored(place)).flatMap(({ payload }) => {
      const { kind, agent } = payload as { kind: string; agent?: { id: string } };
      return kind === "context" && agent ? [agent.id] : [];
    });
  await vi.waitFor(async () => expect(await agents()).toEqual([kim]), WAIT);
  organization.world.interactions.transfer(id, { userId: daniel ?? "" });
  organization.world.interactions.answer(id, daniel ?? "");
  await vi.waitFor(async () => expect(await agents()).toEqual([kim, daniel]), WAIT);
  organization.faults.events({ unknownShape: 1 });
  organization.world.interactions.customerLeaves(id);
  organization.faults.events({ unknownShape: 0 });
  await vi.waitFor(async () => {
    const kinds = await kindsOf(place);
    expect(kinds).toContain("chat.ended");
    expect(kinds).toContain("unknown");
  }, WAIT);
  const strange = (await stored(place)).find(({ messageId }) => messageId.startsWith("unknown/"));
  await processDelivery(app.db, { tenantId: place.tenantId, deliveryId: strange?.id ?? "" }, normalize);
  const kept = (await stored(place)).find(({ id: deliveryId }) => deliveryId === strange?.id);
  expect(kept).toMatchObject({ state: "parked", reason: expect.stringContaining("shape") });
});

test("one of two processes holds a connection, and the other goes on where the first lets go", async () => {
  const place = await aGenesysConnection();
  const both = [aProcess(), aProcess()];
  await isLive(place);
  const held = () => both.map((each) => each.figures().subscriptions ?? 0);
  expect(held().toSorted()).toEqual([0, 1]);
  const first = (await stateOf(place))?.fence ?? 0;
  await both[held().indexOf(1)]?.stop();
  const { id } = organization.start({ queueId: "queue-care" });
  organization.customerWrites(id, "Said while nobody listened");
  await vi.waitFor(async () => expect((await stateOf(place))?.fence).toBe(first + 1), WAIT);
  await vi.waitFor(async () => expect(await kindsOf(place)).toContain("message"), WAIT);
});

test("a switch, a pause and a wrong secret are noticed without a restart", async () => {
  const place = await aGenesysConnection({ serverMessages: false });
  const process = aProcess();
  await vi.waitFor(async () => expect(process.figures().subscriptions).toBe(0), WAIT);
  await change(place, {
    settings: { environment: "sandbox", clientId: client?.id, serverMessages: true },
  });
  await isLive(place);
  const sealing = { tenantId: place.tenantId, ownerId: place.connectionId, field: "clientSecret" };
  await change(place, { sealed: { clientSecret: seal("wrong", sealing, ring) } });
  await vi.waitFor(async () => expect(await stateOf(place)).toMatchObject({ state: "waiting" }), WAIT);
  await change(place, { active: false });
  await vi.waitFor(async () => expect(await stateOf(place)).toBeUndefined(), WAIT);
  expect(process.figures().subscriptions).toBe(0);
});

test("the queues of a connection are listed by themselves", async () => {
  const place = await aGenesysConnection();
  aProcess();
  await vi.waitFor(async () => {
    const listed = await withTenant(app.db, place.tenantId, (tx) =>
      tx.select().from(platformQueues).where(eq(platformQueues.connectionId, place.connectionId)),
    );
    expect(listed.map(({ queueId }) => queueId)).toContain("queue-billing");
  }, WAIT);
});
