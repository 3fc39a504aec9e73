/**
 * From Google's push to an agent's widget: each push is answered by the ingest door, stored, worked through by the jobs
 * process and shown over Socket.IO. Counted from the door's answer to the transcript line and to the card (Dialogflow's,
 * in the sandbox) at a widget's socket. One customer's question a conversation, one conversation after the other.
 *
 *   npm run bench google-to-widget [-- --quick]
 */
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { eq } from "drizzle-orm";
import { io, type Socket } from "socket.io-client";
import { connections } from "#/drizzle/schema/connections.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { tenants } from "#/drizzle/schema/tenants.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import { type Database, openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { signJwt } from "#/sandbox/google-ccai/jwt.ts";
import { DEMO_AGENT, DEMO_PROJECT, DEMO_TOPIC } from "#/sandbox/google-ccai/people.ts";
import { type GoogleProject, startGoogleProject } from "#/sandbox/google-ccai/start-project.ts";
import { freePorts } from "#/scripts/stack/ports.ts";
import { startWorker, type WorkerProcess } from "./faults/worker-process.ts";
import { percentile, printReport, required, round } from "./report.ts";

const QUESTION = "I was charged twice in March. Can I have one of them back?";
const LONGEST_WAIT_MS = 10_000;
const SUBSCRIPTION = `projects/${DEMO_PROJECT}/subscriptions/bench`;

type Place = { tenantId: string; connectionId: string };
type Target = { place: Place; address: string; token: string };

async function aTarget(db: Database, google: GoogleProject, ingestPort: number): Promise<Target> {
  const place = { tenantId: randomUUID(), connectionId: randomUUID() };
  const slug = `bench-${randomBytes(4).toString("hex")}`;
  const address = `http://127.0.0.1:${ingestPort}/ingest/google-ccai/${slug}`;
  const sealing = { tenantId: place.tenantId, ownerId: place.connectionId, field: "serviceAccountKey" };
  const sealed = { serviceAccountKey: seal(google.keyFile, sealing, parseKeyRing(required("KEY_RING"))) };
  await withTenant(db, place.tenantId, async (tx) => {
    await tx.insert(tenants).values({ id: place.tenantId, slug, name: slug });
    await tx.insert(profiles).values({ tenantId: place.tenantId, isDefault: true, systemPrompt: "" });
    await tx.insert(connections).values({
      id: place.connectionId,
      tenantId: place.tenantId,
      publicId: slug,
      platform: "google-ccai",
      name: "Bench",
      sealed,
      settings: {
        cloud: "sandbox",
        projectId: DEMO_PROJECT,
        topic: DEMO_TOPIC,
        location: "us-central1",
        dialogflowAgent: DEMO_AGENT,
        suggestions: "dialogflow",
        ragFallback: false,
        subscriptionName: SUBSCRIPTION,
        pushAudience: address,
      },
    });
  });
  const now = Math.floor(Date.now() / 1_000);
  const { email } = google.project.serviceAccount;
  const claims = { iss: "https://accounts.google.com", aud: address, sub: "1", email, email_verified: true };
  return { place, address, token: signJwt({ ...claims, iat: now, exp: now + 3_600 }, google.project.google) };
}

async function push({ address, token }: Target, conversationId: string, event: object): Promise<void> {
  const conversation = `projects/${DEMO_PROJECT}/locations/us-central1/conversations/${conversationId}`;
  const data = Buffer.from(JSON.stringify({ conversation, ...event })).toString("base64");
  const message = { data, messageId: randomUUID(), publishTime: new Date().toISOString() };
  const response = await fetch(address, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ message, subscription: SUBSCRIPTION }),
  });
  if (response.status !== 204) throw new Error(`The door answered ${response.status} to a push.`);
}

/** A widget in the conversation, and the first moment of each kind of message. */
async function aWidget({ place }: Target, realtimePort: number, conversationId: string) {
  const tokens = createWidgetTokens(required("WIDGET_TOKEN_SECRET"), Date.now);
  const claims = {
    ...place,
    platform: "google-ccai" as const,
    conversationId,
    agentId: "bench",
    claimed: true,
  };
  const auth = { token: await tokens.mint(claims) };
  const socket: Socket = io(`http://127.0.0.1:${realtimePort}`, { transports: ["websocket"], auth });
  const seen = new Map<string, number>();
  const note = ({ body }: { body: { kind: string } }) => {
    if (!seen.has(body.kind)) seen.set(body.kind, performance.now());
  };
  socket.on("durable", note);
  const { messages = [] } = await socket.emitWithAck("join", { conversationId, after: 0 });
  for (const message of messages) note(message);
  return { seen, close: () => socket.close() };
}

async function askOnce(target: Target, google: GoogleProject, realtimePort: number) {
  const conversationId = `bench-${randomUUID()}`;
  google.center.start({ id: conversationId });
  const { seen, close } = await aWidget(target, realtimePort, conversationId);
  const name = `projects/${DEMO_PROJECT}/locations/us-central1/conversations/${conversationId}/messages/${randomUUID()}`;
  const at = new Date().toISOString();
  const said = { name, content: QUESTION, participantRole: "END_USER", createTime: at, sendTime: at };
  await push(target, conversationId, { type: "NEW_MESSAGE", newMessagePayload: said });
  const from = performance.now();
  while (!seen.has("suggestion") && performance.now() - from < LONGEST_WAIT_MS) await sleep(2);
  close();
  const waited = (kind: string) => (seen.get(kind) ?? Number.POSITIVE_INFINITY) - from;
  // Shown before the door's answer was read here is shown at once.
  return { line: Math.max(0, waited("transcript")), card: Math.max(0, waited("suggestion")) };
}

/** Of those that came; the others are counted apart, since no time says what they were. */
function rowOf(what: string, times: readonly number[]) {
  const came = times.filter(Number.isFinite);
  return {
    what,
    asked: times.length,
    never: times.length - came.length,
    "p50 ms": round(percentile(came, 0.5)),
    "p95 ms": round(percentile(came, 0.95)),
  };
}

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});
const owner = openDatabase(required("DATABASE_URL"), { max: 4 });
const google = await startGoogleProject();
const [ingestPort = 0, realtimePort = 0, jobsPort = 0] = await freePorts(3);
const target = await aTarget(owner.db, google, ingestPort);
const running: WorkerProcess[] = [];
try {
  for (const [name, variable, port] of [
    ["ingest", "INGEST_PORT", ingestPort],
    ["realtime", "REALTIME_PORT", realtimePort],
    ["jobs", "JOBS_PORT", jobsPort],
  ] as const) {
    const env = { [variable]: `${port}`, SANDBOX: "on", SANDBOX_GOOGLE_URL: google.url };
    running.push(await startWorker(`workers/${name}/main.ts`, env, `http://127.0.0.1:${port}/readyz`));
  }
  // The first ones find caches cold and connections unopened.
  for (let n = 0; n < 5; n += 1) await askOnce(target, google, realtimePort);
  const waits = [];
  for (let n = 0; n < (values.quick ? 40 : 200); n += 1)
    waits.push(await askOnce(target, google, realtimePort));
  printReport("google-to-widget", [
    rowOf(
      "transcript line",
      waits.map(({ line }) => line),
    ),
    rowOf(
      "Dialogflow's card",
      waits.map(({ card }) => card),
    ),
  ]);
} finally {
  await Promise.all(running.map((each) => each.stop()));
  const { tenantId } = target.place;
  await withTenant(owner.db, tenantId, (tx) => tx.delete(tenants).where(eq(tenants.id, tenantId)));
  await Promise.all([google.close(), owner.close()]);
}
