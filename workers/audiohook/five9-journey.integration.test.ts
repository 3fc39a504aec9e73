import { randomBytes, randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { connections } from "#/drizzle/schema/connections.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { AssistRequest } from "#/lib/events/assist-turn.ts";
import { sealFields } from "#/lib/integrations/create-connection.ts";
import { saveQueues } from "#/lib/integrations/save-queues.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { drainConversation } from "#/lib/pipeline/drain-conversation.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import { startFive9Domain } from "#/sandbox/five9/start-domain.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { ingestConnections } from "../ingest/ingest-connections.ts";
import { ingestRoutes } from "../ingest/routes.ts";
import { takeIn } from "../ingest/take-in.ts";
import { serveHttp } from "../runtime/serve-http.ts";
import { createCallSink } from "./call-sink.ts";
import { MemoryEngine } from "./testing/memory-engine.ts";
import { until } from "./testing/running-server.ts";
import { byTrustToken, voiceConnections } from "./voicestream-connections.ts";
import { redisHalves } from "./voicestream-halves.ts";
import { createVoiceStreamServer } from "./voicestream-server.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const redis = new Redis(await testRedisUrl());
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);
const log = createLog("test", "silent");
const engine = new MemoryEngine();
type Announced = { tenantId: string; deliveryId: string };
const announced: Announced[] = [];
const accept = createAcceptor(app.db, {
  announce: (_queue, jobs) => void announced.push(...(jobs as readonly Announced[])),
});
const publisher = { durable: () => {}, ephemeral: () => {}, close: async () => {} };
const alone: string[] = [];
const asked: AssistRequest[] = [];

const voice = createVoiceStreamServer({
  findConnection: byTrustToken(voiceConnections(app.db, ring)),
  engineFor: async () => engine,
  sink: createCallSink(accept, publisher),
  halves: redisHalves(redis),
  tellAlone: async (call) => void alone.push(call.conversationId),
  log,
  mostLegs: 10,
  timings: { refusalMs: 20, otherHalfMs: 100, graceMs: 100, drainMs: 50 },
});
const voicePort = await voice.listen(0);
const findIngest = ingestConnections(app.db, ring);
const ingest = await serveHttp({
  port: 0,
  log,
  checks: {},
  routes: ingestRoutes((request) =>
    takeIn(request, { find: findIngest, accept, log, now: Date.now, count: () => {} }),
  ),
});
const five9 = await startFive9Domain();

afterAll(async () => {
  await five9.close();
  await Promise.all([voice.drain(), ingest.close()]);
  redis.disconnect();
  await app.close();
  await owner.close();
});

async function connected() {
  const [trustToken, apiKey, id] = [randomUUID(), randomUUID(), randomUUID()];
  const place = await aConnection(owner.db, { id, platform: "five9", name: "Five9" });
  const sealed = sealFields(ring, { tenantId: place.tenantId, ownerId: id }, { trustToken, apiKey });
  await withTenant(owner.db, place.tenantId, async (tx) => {
    await tx.update(connections).set({ sealed }).where(eq(connections.id, id));
    await saveQueues(
      tx,
      { tenantId: place.tenantId, connectionId: id },
      [{ id: "250002", name: "Billing" }],
      Date.now(),
    );
  });
  const url = `http://127.0.0.1:${ingest.port}/ingest/five9/${place.publicId}`;
  return { place, trustToken, events: { url, apiKey } };
}

async function workAll(): Promise<void> {
  const assist = async (request: AssistRequest) => {
    asked.push(request);
    return { kind: "silent" as const, reason: "noted", stages: {}, notes: [] };
  };
  const deps = { db: app.db, assist, publisher, follow: () => {}, log };
  for (const job of announced.splice(0)) {
    for (const conversationId of await processDelivery(app.db, job, normalize))
      await drainConversation(deps, { tenantId: job.tenantId, conversationId });
  }
}

test("a call of two legs and its events become one conversation, and what is said asks for suggestions", async () => {
  const { place, trustToken, events } = await connected();
  const { tenantId } = place;
  await five9.domain.subscribe({ voiceAddress: `127.0.0.1:${voicePort}`, trustToken, events });
  const { id } = five9.domain.call({ skillId: "250002", silentMs: 60_000 });
  await until(() => engine.streams.length === 2);
  const legs = five9.domain.voice(id);
  expect(await legs?.started).toEqual([1001, 1001]);
  for (const [index, stream] of engine.streams.entries()) stream.says(`words of leg ${index}`, 100);
  await until(() => announced.length >= 4);
  five9.domain.end(id);
  await until(() => announced.length >= 6);
  await workAll();

  await withTenant(app.db, tenantId, async (tx) => {
    const found = await tx.select().from(conversations);
    expect(found).toMatchObject([
      {
        platformConversationId: id,
        channel: "voice",
        queueId: "250002",
        queueName: "Billing",
        agentId: "310001",
        agentName: "Kim Doe",
      },
    ]);
    expect(found[0]?.endedAt).not.toBeNull();
    const rows = await tx.select().from(durableMessages).orderBy(asc(durableMessages.seq));
    const said = rows.flatMap(({ body }) => {
      const message = body as DurableMessage["body"];
      return message.kind === "transcript" ? [`${message.speaker}: ${message.text}`] : [];
    });
    expect(said.toSorted()).toHaveLength(2);
    expect(new Set(said.map((line) => line.split(":")[0]))).toEqual(new Set(["agent", "customer"]));
  });
  expect(asked.map(({ queueId }) => queueId)).toContain("250002");
  expect(alone).toEqual([]);
});

test("a wrong trust token and a wrong key leave nothing behind", async () => {
  const { place, events } = await connected();
  const target = { voiceAddress: `127.0.0.1:${voicePort}`, trustToken: "wrong" };
  await expect(five9.domain.subscribe({ ...target, events })).rejects.toThrow(/digest of the trust token/);
  await five9.domain.subscribe({ ...target, events: undefined });
  const { id } = five9.domain.call({ silentMs: 60_000 });
  await expect(five9.domain.voice(id)?.started).rejects.toThrow(/UNAUTHENTICATED/);
  five9.domain.end(id);
  const refused = await fetch(events.url, {
    method: "POST",
    headers: { "x-api-key": "wrong" },
    body: JSON.stringify({ payload: { attached_variables: { "Call.call_id": "1" } } }),
  });
  expect(refused.status).toBe(401);
  const stored = await withTenant(app.db, place.tenantId, (tx) => tx.select().from(deliveries));
  expect(stored).toEqual([]);
});

test("what names no call stays parked with the reason", async () => {
  const { place, events } = await connected();
  const posted = await fetch(events.url, {
    method: "POST",
    headers: { "x-api-key": events.apiKey },
    body: JSON.stringify({ event: "odd" }),
  });
  expect(posted.status).toBe(200);
  await workAll();
  const [stored] = await withTenant(app.db, place.tenantId, (tx) => tx.select().from(deliveries));
  expect(stored).toMatchObject({
    state: "parked",
    reason: "The event has no payload.attached_variables.",
    door: "ingest",
  });
});

test("a paused connection lets no call in, and one whose secret does not open shuts out no other", async () => {
  const [paused, broken, good] = [await connected(), await connected(), await connected()];
  const change = ({ place }: typeof paused, set: Partial<typeof connections.$inferInsert>) =>
    withTenant(owner.db, place.tenantId, (tx) =>
      tx.update(connections).set(set).where(eq(connections.id, place.connectionId)),
    );
  await change(paused, { active: false });
  await change(broken, { sealed: { trustToken: "k1.rubbish" } });
  const faults: string[] = [];
  const find = byTrustToken(voiceConnections(app.db, ring, { onFault: (id) => void faults.push(id) }));
  expect(await find(good.trustToken)).toMatchObject({ connectionId: good.place.connectionId });
  expect(await find(paused.trustToken)).toBeUndefined();
  expect(await find(broken.trustToken)).toBeUndefined();
  expect(faults).toEqual([broken.place.connectionId]);
});
