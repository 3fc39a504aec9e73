import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { events } from "#/drizzle/schema/events.ts";
import { tenants } from "#/drizzle/schema/tenants.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import { DEMO_PROJECT, DEMO_TOPIC } from "#/sandbox/google-ccai/people.ts";
import { startGoogleProject } from "#/sandbox/google-ccai/start-project.ts";
import { printReport, required } from "./report.ts";

/** Signed pushes with redelivery through a door that is killed again and again: nothing lost, nothing double. */
const EVENTS = 5_000;
const CONVERSATIONS = 50;
const EACH_MS = 10;
const KILL_EVERY_MS = 10_000;
const port = Number(new URL(process.env.INGEST_LOAD_URL ?? "http://127.0.0.1:51004").port);

const owner = openDatabase(required("DATABASE_URL"));
const ring = parseKeyRing(required("KEY_RING"));
const google = await startGoogleProject();
const { project, center, pubsub, faults } = google;
const [tenantId, connectionId, publicId] = [randomUUID(), randomUUID(), `soak-${randomUUID().slice(0, 8)}`];
const subscriptionName = `projects/${DEMO_PROJECT}/subscriptions/soak`;
const pushEndpoint = `http://127.0.0.1:${port}/ingest/google-ccai/${publicId}`;
const settings = {
  cloud: "sandbox",
  projectId: DEMO_PROJECT,
  topic: DEMO_TOPIC,
  suggestions: "rag",
  subscriptionName,
};

await withTenant(owner.db, tenantId, async (tx) => {
  await tx.insert(tenants).values({ id: tenantId, slug: publicId, name: "Soak" });
  const place = { tenantId, ownerId: connectionId, field: "serviceAccountKey" };
  const sealed = { serviceAccountKey: seal(google.keyFile, place, ring) };
  const row = {
    id: connectionId,
    tenantId,
    publicId,
    platform: "google-ccai" as const,
    name: "Soak",
    sealed,
  };
  await tx.insert(connections).values({ ...row, settings: { ...settings, pushAudience: pushEndpoint } });
});
const oidcToken = { serviceAccountEmail: project.serviceAccount.email, audience: pushEndpoint };
pubsub.create({
  name: subscriptionName,
  topic: project.topic,
  pushConfig: { pushEndpoint, oidcToken },
  ackDeadlineSeconds: 10,
  retryPolicy: { minimumBackoff: "0.5s", maximumBackoff: "5s" },
});
// Together a fifth of all messages comes more than once: under its own id, or published again under another.
faults.delivery({ duplicate: 0.1, republish: 0.1 });

let door = startDoor();
let kills = 0;
const killing = setInterval(() => {
  kills += 1;
  door.kill("SIGKILL");
  door = startDoor();
}, KILL_EVERY_MS);

const ids = Array.from({ length: CONVERSATIONS }, (_, n) => `${publicId}-${n}`);
for (const id of ids) center.start({ id });
for (let n = 0; n < EVENTS; n += 1) {
  center.say(ids[n % CONVERSATIONS] ?? "", n % 3 === 0 ? "HUMAN_AGENT" : "END_USER", `Line ${n}`);
  await sleep(EACH_MS);
}
while (pubsub.backlog(subscriptionName) > 0) await sleep(200);
clearInterval(killing);
door.kill("SIGTERM");
await once(door, "exit");

const waiting = await withTenant(owner.db, tenantId, (tx) =>
  tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(eq(deliveries.state, "stored"))
    .orderBy(deliveries.id),
);
for (const { id } of waiting) await processDelivery(owner.db, { tenantId, deliveryId: id }, normalize);
const [found] = await withTenant(owner.db, tenantId, (tx) =>
  tx
    .select({
      all: sql<number>`count(*)::int`,
      texts: sql<number>`count(distinct ${events.data}->>'text')::int`,
    })
    .from(events)
    .where(eq(events.type, "utterance")),
);
const { all = 0, texts = 0 } = found ?? {};
const pushes = pubsub.log.length;
const row = {
  events: EVENTS,
  pushes,
  repeated: pushes - EVENTS - CONVERSATIONS,
  kills,
  lost: EVENTS - texts,
  double: all - texts,
};
printReport("google-soak", [row]);

await withTenant(owner.db, tenantId, (tx) => tx.delete(tenants).where(eq(tenants.id, tenantId)));
await Promise.all([google.close(), owner.close()]);

function startDoor(): ChildProcess {
  return spawn(process.execPath, ["workers/ingest/main.ts"], {
    env: {
      ...process.env,
      INGEST_PORT: String(port),
      SANDBOX: "on",
      SANDBOX_GOOGLE_URL: google.url,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}
