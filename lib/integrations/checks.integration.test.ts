import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { countContents } from "./count-contents.ts";
import { createConnection } from "./create-connection.ts";
import { deleteConnection } from "./delete-connection.ts";
import { listChecks } from "./list-checks.ts";
import { listConnections } from "./list-connections.ts";
import { readConnectionHealth } from "./read-connection-health.ts";
import { readConnectionPage } from "./read-connection-page.ts";
import { runCheck } from "./run-check.ts";
import { setConnectionActive } from "./save-connection.ts";
import { saveSetupStep } from "./save-setup-step.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);
afterAll(() => Promise.all([close(), owner.end()]));

let clock = 0;
const deps = {
  db,
  ring,
  network: { fetch: () => Promise.reject(new TypeError("no network in this test")), sandboxes: {} },
  audiohookUrl: "ws://127.0.0.1:9",
  now: () => {
    clock += 40;
    return clock;
  },
};

async function anActor(name: string): Promise<Actor> {
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  const [user] = await owner`
    insert into users (email, name, password_hash) values (${`${crypto.randomUUID()}@example.com`}, ${name}, 'x')
    returning id`;
  await owner`insert into members (tenant_id, user_id, role) values (${tenant?.id}, ${user?.id}, 'admin')`;
  return { tenantId: tenant?.id, userId: user?.id };
}

let ada: Actor;
let connectionId: string;
beforeEach(async () => {
  clock = Date.parse("2026-01-05T10:00:00Z");
  ada = await anActor("Ada");
  const input = { platform: "genesys", name: "Main line", settings: { voice: false }, secrets: {} } as const;
  ({ connectionId } = await createConnection({ db, ring }, ada, input));
});

async function run(options: { until?: string; steps?: number; userId?: string } = {}) {
  const { steps = Number.POSITIVE_INFINITY, ...place } = options;
  const seen: string[] = [];
  const check = runCheck(
    deps,
    { tenantId: ada.tenantId, connectionId, userId: ada.userId, ...place },
    AbortSignal.timeout(10_000),
  );
  for await (const { name } of check) {
    seen.push(name);
    if (seen.length >= steps) break;
  }
  return seen;
}

const history = async (before?: string) =>
  (await listChecks(db, ada.tenantId, { connectionId, before })).checks;

test("a test that was run is kept with who ran it, how long it took and how it ended", async () => {
  const steps = await run();
  expect(await history()).toMatchObject([
    { by: "Ada", outcome: "failed", failedStep: "Token", steps: steps.map((name) => ({ name })) },
  ]);
  expect((await history())[0]?.ms).toBeGreaterThan(0);
});

test("the first failing step and its cause stand in the list", async () => {
  await setConnectionActive(db, ada, connectionId, false);
  await run();
  expect(await history()).toMatchObject([
    { outcome: "failed", failedStep: "State", reason: "The connection is paused, so it lets nothing in." },
  ]);
});

test("a test that is broken off is kept as stopped, and the last whole one stays on the page", async () => {
  // A connection for voice alone: its first step is not used, so nothing has failed by then.
  await owner`update connections set settings = ${owner.json({ voice: true })} where id = ${connectionId}`;
  await run();
  const before = (await readConnectionPage({ db, ring }, ada.tenantId, connectionId))?.lastCheck;
  await run({ steps: 1 });
  expect((await history()).map(({ outcome }) => outcome)).toEqual(["stopped", "failed"]);
  expect((await readConnectionPage({ db, ring }, ada.tenantId, connectionId))?.lastCheck).toEqual(before);
});

test("one step alone can be asked for, and changes only its own answer", async () => {
  const all = await run();
  const [first = ""] = all;
  expect(await run({ until: first })).toEqual([first]);
  const page = await readConnectionPage({ db, ring }, ada.tenantId, connectionId);
  expect(page?.lastCheck?.steps).toMatchObject(all.map((name) => ({ name })));
});

test("old tests make room, and the list goes on page by page", async () => {
  await owner`
    insert into connection_checks (tenant_id, connection_id, outcome, ms, steps)
    select ${ada.tenantId}, ${connectionId}, 'passed', n, '[]' from generate_series(1, 230) n`;
  await run();
  const [kept] = await owner`
    select count(*)::int as n from connection_checks where connection_id = ${connectionId}`;
  expect(kept?.n).toBe(200);
  const first = await listChecks(db, ada.tenantId, { connectionId });
  expect(first.checks).toHaveLength(20);
  const second = await history(first.next);
  expect(second).toHaveLength(20);
  expect(second.some(({ id }) => first.checks.some((one) => one.id === id))).toBe(false);
});

test("set-up steps are ticked off for everyone, and only steps that there are", async () => {
  await saveSetupStep(db, ada, { connectionId, step: "flow", done: true });
  const setup = async () => (await readConnectionPage({ db, ring }, ada.tenantId, connectionId))?.setup;
  expect(await setup()).toMatchObject({ flow: { userId: ada.userId } });
  await saveSetupStep(db, ada, { connectionId, step: "flow", done: false });
  expect(await setup()).toEqual({});
  const unknown = saveSetupStep(db, ada, { connectionId, step: "fly", done: true });
  await expect(unknown).rejects.toMatchObject({ code: "not_found" });
});

const delivery = (state: string, ago: string) => owner`
  insert into deliveries (tenant_id, connection_id, door, message_id, payload, state, received_at, stored_at)
  values (${ada.tenantId}, ${connectionId}, 'widget', ${crypto.randomUUID()}, '{}', ${state}, now(), now() - ${ago}::interval)`;

test("a connection says what came in, what could not be read and what waits", async () => {
  await delivery("processed", "1 minute");
  await delivery("dead", "2 minutes");
  await delivery("dead", "25 hours");
  await delivery("stored", "3 minutes");
  expect(await readConnectionHealth(db, ada.tenantId, connectionId)).toMatchObject({
    deliveries: 3,
    dead: 1,
    waiting: 1,
    oldestWaitingAt: expect.any(Date),
    lagMs: undefined,
  });
  expect(await listConnections(db, ada.tenantId)).toMatchObject([{ deliveries: 3, dead: 1 }]);
});

test("what a deletion takes is counted, and is what it takes", async () => {
  await delivery("processed", "1 minute");
  await run();
  await owner`
    insert into conversations (tenant_id, connection_id, platform_conversation_id, started_at)
    values (${ada.tenantId}, ${connectionId}, 'c-1', now())`;
  const counted = await countContents(db, ada.tenantId, connectionId);
  expect(counted).toMatchObject({ conversations: 1, deliveries: 1, checks: 1, mappings: 0 });
  await deleteConnection(db, ada, { connectionId, name: "Main line" });
  const left = await countContents(db, ada.tenantId, connectionId);
  expect(Object.values(left).every((count) => count === 0)).toBe(true);
});

test("another tenant sees and changes nothing of it", async () => {
  await run();
  await delivery("dead", "1 minute");
  const other = await anActor("Ben");
  expect(await listChecks(db, other.tenantId, { connectionId })).toEqual({ checks: [], next: undefined });
  expect(await readConnectionHealth(db, other.tenantId, connectionId)).toMatchObject({ deliveries: 0 });
  expect((await countContents(db, other.tenantId, connectionId)).checks).toBe(0);
  const ticked = saveSetupStep(db, other, { connectionId, step: "flow", done: true });
  await expect(ticked).rejects.toMatchObject({ code: "not_found" });
});
