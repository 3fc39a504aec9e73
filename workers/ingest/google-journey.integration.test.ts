import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import { events } from "#/drizzle/schema/events.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { createAssist } from "#/lib/assist/assist-turn.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createArchive } from "#/lib/integrations/archive-conversation.ts";
import { disconnectPlatform } from "#/lib/integrations/disconnect-platform.ts";
import { createPlatformAnswers } from "#/lib/integrations/platform-answers.ts";
import { runCheck } from "#/lib/integrations/run-check.ts";
import { serverAccess } from "#/lib/integrations/server-access.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { drainConversation } from "#/lib/pipeline/drain-conversation.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import type { EphemeralMessage } from "#/lib/realtime/contract.ts";
import { DEMO_AGENT, DEMO_BUCKET, DEMO_PROJECT, DEMO_TOPIC } from "#/sandbox/google-ccai/people.ts";
import { startGoogleProject } from "#/sandbox/google-ccai/start-project.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { serveHttp } from "../runtime/serve-http.ts";
import { tellInterims } from "../runtime/tell-interims.ts";
import { ingestConnections } from "./ingest-connections.ts";
import { ingestRoutes } from "./routes.ts";
import { takeIn } from "./take-in.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const google = await startGoogleProject();
const ring = parseKeyRing(`k1:${Buffer.alloc(32, 7).toString("base64")}`);
const network = { fetch, sandboxes: { "google-ccai": google.url } };
const log = createLog("test", "silent");

type Announced = { tenantId: string; deliveryId: string };
const announced: Announced[] = [];
const interims: EphemeralMessage[] = [];
const accept = createAcceptor(app.db, {
  announce: (_queue, jobs) => void announced.push(...(jobs as readonly Announced[])),
});
const door = await serveHttp({
  port: 0,
  host: "127.0.0.1",
  log,
  checks: {},
  routes: ingestRoutes((request) =>
    takeIn(request, {
      find: ingestConnections(app.db, ring, Date.now),
      accept,
      access: (connectionId) => serverAccess(network, connectionId),
      interim: tellInterims({ ephemeral: (_place, message) => void interims.push(message) }),
      log,
      now: Date.now,
      count: () => {},
    }),
  ),
});

const connectionId = randomUUID();
const place = await aConnection(owner.db, {
  id: connectionId,
  platform: "google-ccai",
  name: "Google",
  settings: {
    cloud: "sandbox",
    projectId: DEMO_PROJECT,
    topic: DEMO_TOPIC,
    location: "us-central1",
    dialogflowAgent: DEMO_AGENT,
    suggestions: "dialogflow",
    ragFallback: false,
    agentAssist: true,
    insightsUpload: true,
    insightsBucket: DEMO_BUCKET,
  },
});

const assist = createAssist({
  db: app.db,
  publisher: { ephemeral: () => {} },
  platform: createPlatformAnswers({ db: app.db, ring, network }),
  // Dialogflow answers; nothing of ours is searched.
  openModel: () => Promise.reject(new Error("not used")) as never,
  indexOf: () => Promise.reject(new Error("not used")),
  embedder: { embed: () => Promise.reject(new Error("not used")) } as never,
});

const archive = createArchive({ db: app.db, ring, network });

beforeAll(async () => {
  const key = seal(
    google.keyFile,
    { tenantId: place.tenantId, ownerId: connectionId, field: "serviceAccountKey" },
    ring,
  );
  await withTenant(owner.db, place.tenantId, async (tx) => {
    await tx
      .update(connections)
      .set({ sealed: { serviceAccountKey: key } })
      .where(eq(connections.id, connectionId));
    await tx.insert(profiles).values({ tenantId: place.tenantId, isDefault: true, systemPrompt: "" });
  });
  const deps = { db: app.db, ring, network, audiohookUrl: "ws://localhost", now: Date.now };
  const ingestUrl = `http://127.0.0.1:${door.port}`;
  for await (const step of runCheck({ ...deps, ingestUrl }, place, AbortSignal.timeout(10_000)))
    expect(step).not.toMatchObject({ outcome: "failed" });
});

afterAll(async () => {
  await Promise.all([door.close(), google.close()]);
  await Promise.all([app.close(), owner.close()]);
});

async function work(): Promise<void> {
  const drafts: Promise<void>[] = [];
  const publisher = { durable: () => {}, ephemeral: () => {}, close: async () => {} };
  const follow = (draft: Promise<void>) => void drafts.push(draft);
  for (const due of announced.splice(0))
    for (const conversationId of await processDelivery(app.db, due, normalize))
      await drainConversation(
        { db: app.db, assist, archive, publisher, follow, log },
        { ...due, conversationId },
      );
  await Promise.all(drafts);
}

const rows = <T>(read: (tx: Parameters<Parameters<typeof withTenant>[2]>[0]) => Promise<T>) =>
  withTenant(app.db, place.tenantId, read);
const shown = async () =>
  (await rows((tx) => tx.select().from(durableMessages))).map(({ body }) => body as Record<string, unknown>);
const idle = async () => {
  const [subscription] = google.pubsub.list();
  await vi.waitFor(() => expect(google.pubsub.backlog(subscription?.name ?? "")).toBe(0), 10_000);
  await work();
};

test("what a customer says reaches the agent as words and as Dialogflow's answer, once", async () => {
  google.faults.delivery({ duplicate: 0.2, republish: 0.5 });
  google.center.start({ id: "c-1", profileId: "billing-desk" });
  google.center.say("c-1", "END_USER", "I was charged twice in March");
  google.center.say("c-1", "HUMAN_AGENT", "Let me look");
  await idle();
  await idle();
  google.faults.clear();
  const said = await shown();
  expect(said.filter(({ kind }) => kind === "transcript")).toHaveLength(2);
  const cards = said.filter(({ kind }) => kind === "suggestion");
  expect(cards).toHaveLength(1);
  expect(cards[0]).toMatchObject({
    origin: "platform",
    note: "Suggested by Dialogflow CX.",
    sentences: [{ text: "A double charge is refunded within five working days." }, expect.anything()],
    sources: [{ title: "Refunds", external: { uri: "https://help.acme.example/refunds" } }],
  });
  expect(said.filter(({ kind }) => kind === "session").at(-1)).toMatchObject({
    queue: { id: "billing-desk", name: "Billing desk" },
  });
  expect(google.project.asked).toEqual([
    { session: "c-1", text: "I was charged twice in March", languageCode: "en" },
  ]);
});

test("words of a sentence are shown while it is spoken, under the id of the sentence, and never stored", async () => {
  google.center.start({ id: "c-3", phone: true });
  const { name } = google.center.speak("c-3", "END_USER", "My parcel has not come");
  await idle();
  const utteranceId = name.slice(name.lastIndexOf("/") + 1);
  const whose = { kind: "interim", conversationId: "c-3", utteranceId, speaker: "customer" };
  expect(interims.length).toBeGreaterThan(0);
  for (const each of interims) expect(each).toMatchObject(whose);
  const line = (await shown()).filter(({ utteranceId: id }) => id === utteranceId);
  expect(line).toEqual([expect.objectContaining({ kind: "transcript", text: "My parcel has not come" })]);
  const kept = JSON.stringify(await rows((tx) => tx.select().from(deliveries)));
  expect(kept).not.toContain('"isFinal":false');
});

test("what Agent Assist suggests by itself is a card too, and no match stays quiet", async () => {
  google.center.start({ id: "c-2" });
  google.center.say("c-2", "END_USER", "Well, hello there");
  const faq = { question: "Invoice?", answer: "Under Billing.", source: "https://help.acme.example/i" };
  google.center.suggest("c-2", [{ suggestFaqAnswersResponse: { faqAnswers: [faq] } }]);
  google.center.finish("c-2");
  await idle();
  const cards = (await shown()).filter(
    ({ kind, question }) => kind === "suggestion" && question === "Invoice?",
  );
  expect(cards).toEqual([expect.objectContaining({ note: "Suggested by Agent Assist." })]);
  const outcomes = await rows((tx) => tx.select({ outcome: events.outcome, type: events.type }).from(events));
  expect(outcomes).toContainEqual({ type: "utterance", outcome: "silent: Dialogflow CX answered NO_MATCH" });
});

test("a finished conversation is in the bucket and with CCAI Insights, once", async () => {
  google.center.finish("c-2");
  await idle();
  expect(google.project.objects).toEqual([
    {
      bucket: DEMO_BUCKET,
      name: "omnibots/c-2.json",
      body: { entries: [expect.objectContaining({ role: "CUSTOMER", text: "Well, hello there" })] },
    },
  ]);
  expect(google.project.insights).toEqual([
    {
      conversationId: "c-2",
      body: expect.objectContaining({
        medium: "CHAT",
        dataSource: { gcsSource: { transcriptUri: `gs://${DEMO_BUCKET}/omnibots/c-2.json` } },
      }),
    },
  ]);
});

test("a message that nobody can read is parked with its reason, and its neighbors go on", async () => {
  google.pubsub.publish(google.project.topic, [{ data: Buffer.from("not json").toString("base64") }]);
  await idle();
  const found = await rows((tx) => tx.select().from(deliveries).where(eq(deliveries.state, "parked")));
  expect(found).toEqual([expect.objectContaining({ reason: "The message is not JSON." })]);
});

test("a connection that goes takes its subscription along", async () => {
  const given = { db: app.db, ring, network, log };
  await disconnectPlatform(given, { ...place, connectionId, name: "another name" });
  expect(google.pubsub.list()).toHaveLength(1);
  await disconnectPlatform(given, { ...place, connectionId, name: "Google" });
  expect(google.pubsub.list()).toEqual([]);
});
