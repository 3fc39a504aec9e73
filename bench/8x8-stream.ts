/**
 * What an 8x8 event stream survives: ten thousand events, published out of their order, a fifth of them sent twice,
 * while the process that holds the stream is killed five seconds after each take-over and sessions are cut. Once with
 * a reader, once with a consumer whose broker also mixes what it sends. Then, in peace, the way from the stream to an
 * agent's widget.
 *
 *   npm run bench 8x8-stream [-- --quick]
 */
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { io } from "socket.io-client";
import { connections } from "#/drizzle/schema/connections.ts";
import { tenants } from "#/drizzle/schema/tenants.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import { type Database, openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { lobbyOf } from "#/lib/realtime/agent-contract.ts";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { ALL_EVENTS, startTenant, type Tenant } from "#/sandbox/8x8/start-tenant.ts";
import { freePorts } from "#/scripts/stack/ports.ts";
import { plannedEvents } from "./8x8-stream/planned-events.ts";
import { startWorker, type WorkerProcess } from "./faults/worker-process.ts";
import { percentile, printReport, required, round } from "./report.ts";

const KILL_AFTER_MS = 5_000;
const SETTLE_LIMIT_MS = 120_000;

type Mode = "reader" | "consumer";
type Place = { tenantId: string; connectionId: string };

async function aConnection(db: Database, vendor: Tenant, mode: Mode): Promise<Place> {
  const place = { tenantId: randomUUID(), connectionId: randomUUID() };
  const { tenantId, connectionId } = place;
  const ring = parseKeyRing(required("KEY_RING"));
  const sealed = { apiKey: seal(vendor.apiKey, { tenantId, ownerId: connectionId, field: "apiKey" }, ring) };
  await withTenant(db, tenantId, async (tx) => {
    const slug = `bench-${randomBytes(4).toString("hex")}`;
    await tx.insert(tenants).values({ id: tenantId, slug, name: slug });
    await tx.insert(connections).values({
      id: connectionId,
      tenantId,
      publicId: slug,
      platform: "8x8",
      name: mode,
      sealed,
      settings: { site: "sandbox", tenantId: vendor.tenant, mode },
    });
  });
  return place;
}

/** One process holds the stream and one waits; the holder is killed five seconds after it took over, again and again. */
async function holders(db: Database, place: Place, vendorUrl: string, ports: readonly number[]) {
  const start = (port = 0) =>
    startWorker(
      "workers/subscriptions/main.ts",
      { SUBSCRIPTIONS_PORT: `${port}`, SANDBOX: "on", SANDBOX_8X8_URL: vendorUrl },
      `http://127.0.0.1:${port}/readyz`,
    );
  const fence = async () => {
    const [row] = await db.execute<{ fence: string }>(
      sql`select fence from leases where connection_id = ${place.connectionId} and held_until > clock_timestamp()`,
    );
    return Number(row?.fence ?? 0);
  };
  const takenOver = async (before: number) => {
    const from = Date.now();
    while ((await fence()) <= before) await sleep(50);
    return Date.now() - from;
  };
  const takeOvers: number[] = [];
  let running: WorkerProcess[] = [await start(ports[0])];
  let stopping = false;
  await takenOver(0);
  running.push(await start(ports[1]));
  const killing = (async () => {
    for (let kills = 0; ; kills += 1) {
      await sleep(KILL_AFTER_MS);
      if (stopping) return;
      const [holder, waiting] = running;
      const before = await fence();
      await holder?.kill();
      takeOvers.push(await takenOver(before));
      // Only now: whoever waits is the one that took over.
      running = [...(waiting ? [waiting] : []), await start(ports[kills % 2])];
    }
  })();
  return {
    takeOvers,
    quiet: async () => {
      stopping = true;
      await killing;
    },
    stop: async () => {
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}

async function chaos(db: Database, mode: Mode, count: number, perSecond: number, ports: readonly number[]) {
  const vendor = await startTenant();
  vendor.broker.faults({ duplicate: 0.2, ...(mode === "consumer" && { shuffle: 4 }) });
  const place = await aConnection(db, vendor, mode);
  const held = await holders(db, place, vendor.url, ports);
  while (vendor.broker.sessions() === 0) await sleep(100);
  const { events, expected } = plannedEvents(vendor.tenant, count);
  let cuts = 0;
  for (const [index, event] of events.entries()) {
    vendor.broker.topic(ALL_EVENTS).append(event);
    if (index % perSecond === perSecond - 1) await sleep(1_000);
    if (index % (perSecond * 7) === perSecond * 7 - 1) {
      vendor.broker.endSessions(1 + (cuts % 8));
      cuts += 1;
    }
  }
  await held.quiet();
  const limit = Date.now() + SETTLE_LIMIT_MS;
  const stored = async () => {
    const [row] = await withTenant(db, place.tenantId, (tx) =>
      tx.execute<{ n: number; unique: number }>(
        sql`select count(*)::int as n, count(distinct message_id)::int as unique from deliveries where connection_id = ${place.connectionId}`,
      ),
    );
    return row ?? { n: 0, unique: 0 };
  };
  const pending = async () => {
    const [row] = await withTenant(db, place.tenantId, (tx) =>
      tx.execute<{ n: number }>(
        sql`select (select count(*) from deliveries where state = 'stored')::int + (select count(*) from events where state = 'pending')::int as n`,
      ),
    );
    return row?.n ?? 0;
  };
  while (((await stored()).n < count || (await pending()) > 0) && Date.now() < limit) await sleep(500);
  const rows = await withTenant(db, place.tenantId, (tx) =>
    tx.execute<{ id: string; types: string[]; ended: boolean }>(
      sql`select c.platform_conversation_id as id, c.ended_at is not null as ended,
        array(select e.type from events e where e.conversation_id = c.id order by e.occurred_at) as types
        from conversations c where c.connection_id = ${place.connectionId}`,
    ),
  );
  const wrong = [...rows].filter(({ types }) => types.join() !== expected.types.join()).length;
  const open = [...rows].filter(({ ended }) => !ended).length;
  const { n, unique } = await stored();
  await held.stop();
  await vendor.close();
  return {
    mode,
    published: count,
    "stored once": unique,
    "stored twice": n - unique,
    lost: count - unique,
    kills: held.takeOvers.length,
    cuts,
    "take-over s, worst": held.takeOvers.length > 0 ? round(Math.max(...held.takeOvers) / 1_000, 1) : "none",
    "wrong order": wrong + Math.abs(expected.interactions - rows.length),
    "left open": open,
  };
}

/** Accepted on the stream, and how long until the widget of an agent who was named by `aid` alone is told. */
async function streamToWidget(db: Database, ports: readonly number[], count: number) {
  const [subscriptions = 0, realtime = 0] = ports;
  const vendor = await startTenant();
  const place = await aConnection(db, vendor, "reader");
  const holder = await startWorker(
    "workers/subscriptions/main.ts",
    { SUBSCRIPTIONS_PORT: `${subscriptions}`, SANDBOX: "on", SANDBOX_8X8_URL: vendor.url },
    `http://127.0.0.1:${subscriptions}/readyz`,
  );
  const node = await startWorker(
    "workers/realtime/main.ts",
    { REALTIME_PORT: `${realtime}` },
    `http://127.0.0.1:${realtime}/readyz`,
  );
  const agentId = "agBench";
  const tokens = createWidgetTokens(required("WIDGET_TOKEN_SECRET"), Date.now);
  const conversationId = lobbyOf(agentId);
  const token = await tokens.mint({ ...place, platform: "8x8", conversationId, agentId, claimed: true });
  const socket = io(`http://127.0.0.1:${realtime}`, { transports: ["websocket"], auth: { token } });
  await socket.emitWithAck("watch", { conversationId, names: [agentId] });
  while (vendor.broker.sessions() === 0) await sleep(100);
  const told = new Map<string, number>();
  socket.on("follow", (message: { conversationId: string; ended: boolean }) => {
    if (!message.ended && !told.has(message.conversationId))
      told.set(message.conversationId, performance.now());
  });
  const waits: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const interaction = vendor.interactions.begin({ agentId });
    const from = performance.now();
    interaction.accept();
    const limit = from + 10_000;
    while (!told.has(interaction.id) && performance.now() < limit) await sleep(2);
    waits.push((told.get(interaction.id) ?? Number.POSITIVE_INFINITY) - from);
    interaction.finish();
    await sleep(50);
  }
  socket.close();
  await Promise.all([holder.stop(), node.stop()]);
  await vendor.close();
  return {
    interactions: count,
    "event to widget ms, p50": round(percentile(waits, 0.5)),
    p95: round(percentile(waits, 0.95)),
    never: waits.filter((each) => !Number.isFinite(each)).length,
  };
}

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});
const owner = openDatabase(required("DATABASE_URL"), { max: 4 });
const ports = await freePorts(4);
const [jobsPort = 0, ...others] = ports;
const jobs = await startWorker(
  "workers/jobs/main.ts",
  { JOBS_PORT: `${jobsPort}` },
  `http://127.0.0.1:${jobsPort}/readyz`,
);
try {
  const count = values.quick ? 2_000 : 10_000;
  const rows = [];
  for (const mode of ["reader", "consumer"] as const)
    rows.push(await chaos(owner.db, mode, count, values.quick ? 100 : 250, others.slice(0, 2)));
  printReport("8x8-stream", rows);
  const way = await streamToWidget(owner.db, others.slice(1), values.quick ? 50 : 200);
  printReport("8x8-stream-to-widget", [way]);
} finally {
  await jobs.stop();
  await owner.close();
}
