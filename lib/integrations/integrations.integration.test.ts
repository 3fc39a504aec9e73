import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { audiohookConnection } from "./audiohook-connection.ts";
import { createConnection } from "./create-connection.ts";
import { deleteConnection } from "./delete-connection.ts";
import { listConnections } from "./list-connections.ts";
import { byName, type ShownCredentials } from "./new-credentials.ts";
import { readConnectionPage } from "./read-connection-page.ts";
import { retirePrevious, rotateCredentials } from "./rotate-credentials.ts";
import { runCheck } from "./run-check.ts";
import { saveConnection, setConnectionActive } from "./save-connection.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);
const deps = { db, ring };
afterAll(() => Promise.all([close(), owner.end()]));

const HOUR_MS = 3_600_000;

async function anActor(): Promise<Actor> {
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  return { tenantId: tenant?.id, userId: crypto.randomUUID() };
}

const pairOf = (shown: ShownCredentials) => {
  const { audiohookApiKey: apiKey = "", audiohookClientSecret: clientSecret = "" } = byName(shown);
  return { apiKey, clientSecret };
};

let actor: Actor;
let connectionId: string;
let publicId: string;
let first: { apiKey: string; clientSecret: string };

beforeEach(async () => {
  actor = await anActor();
  const created = await createConnection(deps, actor, {
    platform: "genesys",
    name: "Main line",
    settings: { voice: true },
    secrets: {},
  });
  connectionId = created.connectionId;
  first = pairOf(created.shown);
  publicId = (await readConnectionPage(deps, actor.tenantId, connectionId))?.publicId ?? "";
});

test("the pair that was shown is the pair that lets a call in, and the page never holds it", async () => {
  const accepted = await audiohookConnection(db, ring, publicId);
  expect(accepted).toMatchObject({ tenantId: actor.tenantId, connectionId, apiKeys: [first.apiKey] });
  expect(accepted?.secrets).toEqual([Buffer.from(first.clientSecret, "base64")]);
  const page = JSON.stringify(await readConnectionPage(deps, actor.tenantId, connectionId));
  expect(page).not.toContain(first.apiKey);
  expect(page).not.toContain(first.clientSecret);
});

test("after a rotation both pairs let calls in for a day, and only the new one later", async () => {
  const now = Date.now();
  const second = pairOf(await rotateCredentials(deps, actor, connectionId, now));
  const keysAt = async (time: number) => (await audiohookConnection(db, ring, publicId, time))?.apiKeys;
  expect(await keysAt(now + 23 * HOUR_MS)).toEqual([second.apiKey, first.apiKey]);
  expect(await keysAt(now + 25 * HOUR_MS)).toEqual([second.apiKey]);
});

test("the old pair can be retired at once, and a second rotation drops the oldest", async () => {
  const second = pairOf(await rotateCredentials(deps, actor, connectionId));
  await retirePrevious(db, actor, connectionId);
  expect((await audiohookConnection(db, ring, publicId))?.apiKeys).toEqual([second.apiKey]);
  const third = pairOf(await rotateCredentials(deps, actor, connectionId));
  expect((await audiohookConnection(db, ring, publicId))?.apiKeys).toEqual([third.apiKey, second.apiKey]);
});

test("a paused connection does not exist for those who call", async () => {
  await setConnectionActive(db, actor, connectionId, false);
  expect(await audiohookConnection(db, ring, publicId)).toBeUndefined();
  await setConnectionActive(db, actor, connectionId, true);
  expect(await audiohookConnection(db, ring, publicId)).toBeDefined();
});

test("a name that is taken is refused, on any platform", async () => {
  const create = (platform: "google-ccai" | "genesys") =>
    createConnection(deps, actor, { platform, name: "Main line", settings: {}, secrets: {} });
  await expect(create("google-ccai")).rejects.toMatchObject({ code: "conflict" });
  await expect(create("genesys")).rejects.toMatchObject({ code: "conflict" });
});

test("the test of an address where nothing listens says what to do, and is kept", async () => {
  const network = { fetch, sandboxes: {} };
  const check = { ...deps, network, audiohookUrl: "ws://127.0.0.1:9", now: Date.now };
  const outcomes: string[] = [];
  for await (const step of runCheck(
    check,
    { tenantId: actor.tenantId, connectionId },
    AbortSignal.timeout(9_000),
  ))
    outcomes.push(`${step.name}: ${step.outcome}`);
  expect(outcomes).toEqual([
    "Token: not-used",
    "Organization: not-used",
    "Queues: not-used",
    "Notification topics: not-used",
    "AudioHook credentials: passed",
    "AudioHook address: failed",
    "AudioHook signed probe: not-tried",
    "First real event: waiting",
  ]);
  const page = await readConnectionPage(deps, actor.tenantId, connectionId);
  expect(page?.lastCheck?.steps).toHaveLength(8);
});

test("deleting asks for the name", async () => {
  await expect(deleteConnection(db, actor, { connectionId, name: "main" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await deleteConnection(db, actor, { connectionId, name: "Main line" });
  expect(await listConnections(db, actor.tenantId)).toEqual([]);
});

test("another tenant's connection does not exist", async () => {
  const stranger = await anActor();
  const form = { platform: "genesys" as const, name: "Mine", settings: {}, secrets: {} };
  await expect(saveConnection(deps, stranger, connectionId, form)).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(rotateCredentials(deps, stranger, connectionId)).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteConnection(db, stranger, { connectionId, name: "Main line" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await readConnectionPage(deps, stranger.tenantId, connectionId)).toBeUndefined();
  expect(await listConnections(db, stranger.tenantId)).toEqual([]);
});

test("what people change is noted, without a secret", async () => {
  await rotateCredentials(deps, actor, connectionId);
  const entries =
    await owner`select action, detail from audit_entries where tenant_id = ${actor.tenantId} order by id`;
  expect(entries.map(({ action }) => action)).toEqual(["connection.created", "connection.rotated"]);
  expect(JSON.stringify(entries)).not.toContain(first.apiKey);
});
