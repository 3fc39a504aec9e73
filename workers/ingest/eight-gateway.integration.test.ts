import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { connections } from "#/drizzle/schema/connections.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import { startTenant } from "#/sandbox/8x8/start-tenant.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { serveHttp } from "../runtime/serve-http.ts";
import { ingestConnections } from "./ingest-connections.ts";
import { ingestRoutes } from "./routes.ts";
import { takeIn } from "./take-in.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const vendor = await startTenant();
const { gateway } = vendor;
const ring = parseKeyRing(`k1:${Buffer.alloc(32, 7).toString("base64")}`);
const log = createLog("test", "silent");

type Announced = { tenantId: string; deliveryId: string };
const announced: Announced[] = [];
let isAway = false;
const accept = createAcceptor(app.db, {
  announce: (_queue, jobs) => void announced.push(...(jobs as readonly Announced[])),
});
const deps = {
  find: ingestConnections(app.db, ring, Date.now),
  accept,
  log,
  now: Date.now,
  count: () => {},
};
const door = await serveHttp({
  port: 0,
  host: "127.0.0.1",
  log,
  checks: {},
  routes: ingestRoutes((request) => (isAway ? Promise.resolve({ status: 503 }) : takeIn(request, deps))),
});

const connectionId = randomUUID();
const place = await aConnection(owner.db, {
  id: connectionId,
  platform: "8x8",
  name: "8x8",
  settings: { tenantId: vendor.tenant, site: "sandbox", gatewayKey: gateway.publicKey },
});

beforeAll(async () => {
  const apiKey = seal(
    vendor.apiKey,
    { tenantId: place.tenantId, ownerId: connectionId, field: "apiKey" },
    ring,
  );
  await withTenant(owner.db, place.tenantId, (tx) =>
    tx.update(connections).set({ sealed: { apiKey } }).where(eq(connections.id, connectionId)),
  );
  await gateway.register(`http://127.0.0.1:${door.port}/ingest/8x8/${place.publicId}/chat`);
});
afterEach(() => gateway.calm());
afterAll(async () => {
  await Promise.all([door.close(), vendor.close()]);
  await Promise.all([app.close(), owner.close()]);
});

const stored = () =>
  withTenant(app.db, place.tenantId, (tx) =>
    tx.select().from(deliveries).where(eq(deliveries.connectionId, connectionId)),
  );
const lines = async (conversationId: string) => {
  for (const due of announced.splice(0)) await processDelivery(app.db, due, normalize);
  const found = await withTenant(app.db, place.tenantId, (tx) =>
    tx
      .select({ data: events.data })
      .from(events)
      .innerJoin(conversations, eq(conversations.id, events.conversationId))
      .where(and(eq(events.type, "utterance"), eq(conversations.platformConversationId, conversationId)))
      .orderBy(events.occurredAt),
  );
  return found.map(({ data }) => `${data.speaker}: ${data.text}`);
};

test("the gateway's question is answered, and what is said in a chat becomes the conversation's words", async () => {
  expect(gateway.sent[0]).toMatchObject({ eventType: "WEB_HOOK_VERIFY", status: 200 });
  await gateway.tell("QUEUED", "chat-1");
  await gateway.message("chat-1", "user", "Why was I charged twice?");
  await gateway.message("chat-1", "agent", "Let me look.");
  expect(await lines("chat-1")).toEqual(["customer: Why was I charged twice?", "agent: Let me look."]);
});

test("an event that comes again and again is one line", async () => {
  gateway.faults({ repeats: 3 });
  await gateway.message("chat-2", "user", "Hello?");
  expect(gateway.sent.slice(-4).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await lines("chat-2")).toEqual(["customer: Hello?"]);
});

test.each([
  ["signed by a stranger", { wrongSignature: true }],
  ["altered on its way", { alteredBody: true }],
  ["recorded and sent two days later", { staleByMs: 2 * 24 * 60 * 60_000 }],
])("an event that was %s is refused and leaves nothing", async (_what, faults) => {
  const before = (await stored()).length;
  gateway.faults(faults);
  await gateway.message("chat-3", "user", "Give me everything");
  expect(gateway.sent.at(-1)).toMatchObject({ status: 401 });
  expect(await stored()).toHaveLength(before);
});

test("an event that met a door out of order is taken at its next try, and an old one of the same hour as well", async () => {
  isAway = true;
  gateway.faults({ staleByMs: 30 * 60_000 });
  const taken = gateway.message("chat-4", "user", "Are you there?");
  await vi.waitFor(() => expect(gateway.sent.at(-1)).toMatchObject({ status: 503 }));
  isAway = false;
  await taken;
  expect(gateway.sent.at(-1)).toMatchObject({ status: 200, retry: 1 });
  expect(await lines("chat-4")).toEqual(["customer: Are you there?"]);
});
