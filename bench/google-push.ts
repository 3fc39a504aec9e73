import { fork, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { tenants } from "#/drizzle/schema/tenants.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { signJwt } from "#/sandbox/google-ccai/jwt.ts";
import { DEMO_PROJECT, DEMO_TOPIC } from "#/sandbox/google-ccai/people.ts";
import { startGoogleProject } from "#/sandbox/google-ccai/start-project.ts";
import { percentile, printReport, required, round } from "./report.ts";

/**
 * Direct load on the ingest door: signed pushes, verified, stored and answered, the token's check being known
 * already; beside it a bare server that answers the same, in turns, so that both see the same machine.
 */
const PUSHES = 5_000;
const ROUNDS = 3;
const AT_ONCE = 32;
const TICKS_PER_SECOND = 100;

const ingestUrl = new URL(process.env.INGEST_LOAD_URL ?? "http://127.0.0.1:51004");
const ingestPort = Number(ingestUrl.port);
const owner = openDatabase(required("DATABASE_URL"));
const ring = parseKeyRing(required("KEY_RING"));
const google = await startGoogleProject();
const [tenantId, connectionId, publicId] = [randomUUID(), randomUUID(), `bench-${randomUUID().slice(0, 8)}`];
const subscriptionName = `projects/${DEMO_PROJECT}/subscriptions/bench`;
const pushAudience = `${ingestUrl.origin}/ingest/google-ccai/${publicId}`;
const now = Math.floor(Date.now() / 1_000);
const { email } = google.project.serviceAccount;
const token = signJwt(
  {
    iss: "https://accounts.google.com",
    aud: pushAudience,
    sub: "1",
    email,
    email_verified: true,
    iat: now,
    exp: now + 3_600,
  },
  google.project.google,
);

await withTenant(owner.db, tenantId, async (tx) => {
  await tx.insert(tenants).values({ id: tenantId, slug: publicId, name: "Bench" });
  const place = { tenantId, ownerId: connectionId, field: "serviceAccountKey" };
  await tx.insert(connections).values({
    id: connectionId,
    tenantId,
    publicId,
    platform: "google-ccai",
    name: "Bench",
    sealed: { serviceAccountKey: seal(google.keyFile, place, ring) },
    settings: {
      cloud: "sandbox",
      projectId: DEMO_PROJECT,
      topic: DEMO_TOPIC,
      suggestions: "rag",
      subscriptionName,
      pushAudience,
    },
  });
});

const door = spawn(process.execPath, ["workers/ingest/main.ts"], {
  env: {
    ...process.env,
    INGEST_PORT: String(ingestPort),
    SANDBOX: "on",
    SANDBOX_GOOGLE_URL: google.url,
    LOG_LEVEL: "warn",
  },
  stdio: ["ignore", "inherit", "inherit"],
});
const bare = fork(new URL("google-push-bare.ts", import.meta.url), { stdio: "inherit" });
const [barePort] = (await once(bare, "message")) as [number];
await untilReady();

let made = 0;
function bodyOf(): Buffer {
  made += 1;
  const conversation = `projects/${DEMO_PROJECT}/locations/us-central1/conversations/${publicId}-${made % 50}`;
  const newMessagePayload = {
    name: `${conversation}/messages/${randomUUID()}`,
    content: "I was charged twice in March and would like to have one of them back.",
    languageCode: "en-US",
    participantRole: "END_USER",
    createTime: new Date().toISOString(),
  };
  const data = Buffer.from(JSON.stringify({ conversation, type: "NEW_MESSAGE", newMessagePayload })).toString(
    "base64",
  );
  const messageId = String(now * 100_000 + made);
  const message = { data, messageId, message_id: messageId, publishTime: new Date().toISOString() };
  return Buffer.from(JSON.stringify({ message, subscription: subscriptionName }));
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };

function push(port: number, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const path = `/ingest/google-ccai/${publicId}`;
    const sent = request({
      host: "127.0.0.1",
      port,
      path,
      method: "POST",
      agent,
      headers: { ...headers, "content-length": body.length },
    });
    sent.on("response", (response) => response.resume().once("end", () => resolve(response.statusCode ?? 0)));
    sent.on("error", reject);
    sent.end(body);
  });
}

async function load(port: number, pid: number, bodies: readonly Buffer[]) {
  const times: number[] = [];
  const statuses = new Map<number, number>();
  const left = [...bodies];
  const cpu = cpuSeconds(pid);
  const from = performance.now();
  const one = async () => {
    for (let body = left.pop(); body; body = left.pop()) {
      const at = performance.now();
      const status = await push(port, body);
      times.push(performance.now() - at);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const seconds = (performance.now() - from) / 1_000;
  return { times, seconds, cpu: cpuSeconds(pid) - cpu, statuses };
}

/** User and system time of a process, whatever its threads. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${ingestPort}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error("the ingest door did not come up");
}

const servers = {
  ingest: { port: ingestPort, pid: door.pid ?? 0 },
  bare: { port: barePort, pid: bare.pid ?? 0 },
};
const sums = {
  ingest: { cpu: 0, seconds: 0, times: [] as number[] },
  bare: { cpu: 0, seconds: 0, times: [] as number[] },
};
for (const { port, pid } of Object.values(servers))
  await load(port, pid, Array.from({ length: 500 }, bodyOf));
let stored = 500;
let wrong = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  const bodies = Array.from({ length: PUSHES }, bodyOf);
  for (const name of ["bare", "ingest"] as const) {
    const { times, seconds, cpu, statuses } = await load(servers[name].port, servers[name].pid, bodies);
    sums[name].cpu += cpu;
    sums[name].seconds += seconds;
    sums[name].times.push(...times);
    wrong += bodies.length - (statuses.get(204) ?? 0);
  }
  stored += PUSHES;
}
const total = PUSHES * ROUNDS;
const [counted] = await withTenant(owner.db, tenantId, (tx) =>
  tx
    .select({ n: sql<number>`count(*)::int` })
    .from(deliveries)
    .where(eq(deliveries.connectionId, connectionId)),
);
const rows = (["bare", "ingest"] as const).map((name) => ({
  server: name,
  pushes: total,
  "pushes/s": round(total / sums[name].seconds),
  "cpu us/push": round((sums[name].cpu / total) * 1_000_000),
  "p50 ms": round(percentile(sums[name].times, 0.5), 1),
  "p95 ms": round(percentile(sums[name].times, 0.95), 1),
}));
const ratio = round(sums.ingest.cpu / sums.bare.cpu, 1);
printReport("google-push", rows, { ratio, wrong, stored: counted?.n, expected: stored });
console.log(
  `CPU per push: ${ratio} times the bare server; ${counted?.n} of ${stored} stored, ${wrong} answered otherwise.`,
);

door.kill("SIGTERM");
bare.disconnect();
await once(door, "exit");
agent.destroy();
await withTenant(owner.db, tenantId, (tx) => tx.delete(tenants).where(eq(tenants.id, tenantId)));
await Promise.all([google.close(), owner.close()]);
