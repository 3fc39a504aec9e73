import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { connections } from "#/drizzle/schema/connections.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import type { QuotaReport } from "#/lib/connectors/platform-access.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createAskPlatform } from "#/lib/integrations/ask-platform.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { drainConversation } from "#/lib/pipeline/drain-conversation.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import { DEMO_CLIENTS, DEMO_USERS } from "#/sandbox/genesys/organization/demo-organization.ts";
import { startOrganization } from "#/sandbox/genesys/organization/start-organization.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { createCallSink } from "./call-sink.ts";
import { learnFacts } from "./learn-facts.ts";
import { PUBLIC_ID, runningServer, until } from "./testing/running-server.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);
const organization = await startOrganization({ seed: 5 });
const [server] = DEMO_CLIENTS;
const [kim] = DEMO_USERS;
const log = createLog("test", "silent");
afterAll(async () => {
  await organization.close();
  await Promise.all([app.close(), owner.close()]);
});

/** A Genesys connection whose client the simulated organization knows. */
async function aClient(): Promise<TestConnection> {
  const place = await aConnection(owner.db, {
    settings: { environment: "sandbox", clientId: server?.id },
  });
  const { tenantId, connectionId } = place;
  const sealed = {
    clientSecret: seal(
      server?.secret ?? "",
      { tenantId, ownerId: connectionId, field: "clientSecret" },
      ring,
    ),
  };
  await withTenant(owner.db, tenantId, (tx) =>
    tx.update(connections).set({ sealed }).where(eq(connections.id, connectionId)),
  );
  return place;
}

const publisher = { durable: () => {}, ephemeral: () => {}, close: async () => {} };

/** The door as the process opens it, over real Postgres; what is stored is worked on at once. */
async function aDoor(place: TestConnection) {
  const assist = async () => ({ kind: "silent" as const, reason: "-", stages: {}, notes: [] });
  const deps = { db: app.db, assist, publisher, follow: () => {}, log };
  const work = async (each: { tenantId: string; deliveryId: string }) => {
    for (const conversationId of await processDelivery(app.db, each, normalize))
      await drainConversation(deps, { tenantId: each.tenantId, conversationId });
  };
  let working = Promise.resolve();
  const accept = createAcceptor(app.db, {
    announce: (_queue, jobs) => {
      for (const job of jobs as readonly { tenantId: string; deliveryId: string }[])
        working = working.then(() => work(job));
    },
  });
  const quota: QuotaReport[] = [];
  const network = {
    fetch,
    sandboxes: { genesys: organization.url },
    quota: (_: string, report: QuotaReport) => void quota.push(report),
  };
  const learning = learnFacts(createCallSink(accept, publisher), {
    ask: createAskPlatform({ db: app.db, ring, network }),
    accept,
    log,
    afterMs: Array.from({ length: 100 }, () => 20),
  });
  const door = await runningServer({ sink: learning.sink, connection: place });
  const target = {
    url: `ws://${door.host}/audiohook/${PUBLIC_ID}`,
    apiKey: door.connection.apiKeys[0] ?? "",
    clientSecret: Buffer.from(door.connection.secrets[0] ?? []).toString("base64"),
  };
  return { target, learning, quota, server: door.server, idle: () => working };
}

const rowOf = (place: TestConnection, conversationId: string) =>
  withTenant(app.db, place.tenantId, async (tx) => {
    const [row] = await tx
      .select()
      .from(conversations)
      .where(
        and(
          eq(conversations.connectionId, place.connectionId),
          eq(conversations.platformConversationId, conversationId),
        ),
      );
    return row;
  });

test("a call that opens without a queue gets queue and agent from the platform, and the quota is noted", async () => {
  const place = await aClient();
  const door = await aDoor(place);
  const { conversationId, call } = await organization.call({
    queueId: "queue-care",
    userId: kim?.id,
    audiohook: door.target,
  });
  let row: Awaited<ReturnType<typeof rowOf>>;
  for (let tries = 0; tries < 200 && !row?.queueId; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    row = await rowOf(place, conversationId);
  }
  expect(row).toMatchObject({
    queueId: "queue-care",
    queueName: "Customer care",
    agentId: kim?.id,
    channel: "voice",
  });
  expect(door.quota.length).toBeGreaterThan(0);
  call?.hangUp();
  await call?.done;
  await until(() => door.learning.asking === 0);
  await door.server.drain();
  await door.idle();
});

test("an agent who answers later is learnt later, and the queue does not wait for them", async () => {
  const place = await aClient();
  const door = await aDoor(place);
  const { conversationId, call } = await organization.call({ queueId: "queue-care", audiohook: door.target });
  const see = async (done: (row: Awaited<ReturnType<typeof rowOf>>) => boolean) => {
    for (let tries = 0; tries < 200; tries++) {
      const row = await rowOf(place, conversationId);
      if (done(row)) return row;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error("waited in vain");
  };
  expect(await see((row) => row?.queueId === "queue-care")).toMatchObject({ agentId: null });
  organization.agentActs(conversationId, { do: "answer", userId: kim?.id ?? "" });
  expect(await see((row) => row?.agentId === kim?.id)).toMatchObject({ queueId: "queue-care" });
  call?.hangUp();
  await call?.done;
  await door.server.drain();
  await door.idle();
});
