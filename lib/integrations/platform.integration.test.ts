import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { localPlatform, type Reply } from "#/lib/connectors/genesys/api/test-doubles.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { listChoices } from "#/lib/routing/list-choices.ts";
import { listMappings } from "#/lib/routing/list-mappings.ts";
import { saveMapping } from "#/lib/routing/save-mapping.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { connectionFormSchema, newConnectionSchema } from "./connection-form.ts";
import { createConnection } from "./create-connection.ts";
import { noteQuota } from "./quota.ts";
import { readConnectionPage } from "./read-connection-page.ts";
import { runCheck } from "./run-check.ts";
import { saveConnection, takeFoundOrganization } from "./save-connection.ts";
import { saveQueues } from "./save-queues.ts";
import { syncQueues } from "./sync-queues.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);
const deps = { db, ring };
const redis = new Redis(await testRedisUrl());

const ACME = { id: "11111111-2222-4333-8444-555555555555", name: "Acme GmbH" };
const OTHER = { id: "99999999-2222-4333-8444-555555555555", name: "Harbor Bank" };

const TOPICS = ["v2.users.{id}.conversations", "v2.routing.queues.{id}.conversations.messages"];

type Answers = {
  subscription: object;
  token: Reply;
  organization: typeof ACME;
  queues: string[];
  queuesReply?: Reply;
};
const answers: Answers = {
  subscription: {},
  token: {},
  organization: ACME,
  queues: [],
};

const platform = await localPlatform(({ path }) => {
  if (path === "/oauth/token") return answers.token;
  if (path === "/api/v2/organizations/me") return { json: { ...answers.organization, state: "active" } };
  if (path === "/api/v2/tokens/me") return { json: { organization: answers.organization } };
  if (path.startsWith("/api/v2/routing/queues")) return answers.queuesReply ?? queuePage(path);
  if (path.endsWith("/availabletopics")) return { json: { entities: TOPICS.map((id) => ({ id })) } };
  if (path === "/api/v2/notifications/channels") return { json: { id: "ch-1" } };
  return { json: { entities: [answers.subscription] } };
});
afterAll(() => Promise.all([close(), owner.end(), platform.close(), redis.quit()]));

function queuePage(path: string): Reply {
  const query = new URL(path, "http://x").searchParams;
  const size = Number(query.get("pageSize"));
  const from = (Number(query.get("pageNumber")) - 1) * size;
  const entities = answers.queues.slice(from, from + size).map((id) => ({ id, name: `Queue ${id}` }));
  return { json: { entities, pageCount: Math.ceil(answers.queues.length / size) } };
}

const network = {
  fetch,
  sandboxes: platform.access.sandboxes,
  quota: (id: string, report: Parameters<typeof noteQuota>[2]) => void noteQuota(redis, id, report),
};

let actor: Actor;
let connectionId: string;

beforeEach(async () => {
  Object.assign(answers, {
    token: { json: { access_token: "t", expires_in: 3600 } },
    organization: ACME,
    queues: ["a", "b"],
    queuesReply: undefined,
    subscription: { id: "t", state: "Permitted" },
  });
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  actor = { tenantId: tenant?.id, userId: crypto.randomUUID() };
  const form = newConnectionSchema.parse({
    platform: "genesys",
    name: "Main",
    environment: "sandbox",
    clientId: crypto.randomUUID(),
    clientSecret: "a secret of theirs",
  });
  ({ connectionId } = await createConnection(deps, actor, form));
});

async function testSteps(): Promise<Record<string, { outcome: string; text: string }>> {
  const check = { ...deps, network, audiohookUrl: "ws://127.0.0.1:9", now: Date.now };
  const steps: [string, { outcome: string; text: string }][] = [];
  const place = { tenantId: actor.tenantId, connectionId };
  for await (const step of runCheck(check, place, AbortSignal.timeout(20_000))) {
    const text = "reason" in step ? `${step.reason} ${step.remedy}` : (step.detail ?? "");
    steps.push([step.name, { outcome: step.outcome, text }]);
  }
  return Object.fromEntries(steps);
}

const page = () => readConnectionPage(deps, actor.tenantId, connectionId);

test("the secret is stored sealed, and a form that does not send it keeps it", async () => {
  expect(JSON.stringify(await page())).not.toContain("a secret of theirs");
  const before = await page();
  const form = connectionFormSchema.parse({ platform: "genesys", name: "Renamed", environment: "sandbox" });
  await saveConnection(deps, actor, connectionId, form);
  const after = await page();
  expect(after?.name).toBe("Renamed");
  expect(after?.stored).toEqual(before?.stored);
  expect(after?.settings.clientId).toBeUndefined();
  expect(after?.settings.voice).toBe(false);
});

test("the test learns the organization and keeps the list of queues", async () => {
  answers.queues = Array.from({ length: 230 }, (_, index) => `q-${index}`);
  const steps = await testSteps();
  expect(steps).toMatchObject({
    Token: { outcome: "passed" },
    Organization: { outcome: "passed" },
    Queues: { outcome: "passed", text: "230 queues listed; map them under Queue Mapping" },
    "Notification topics": { outcome: "passed" },
  });
  expect((await page())?.settings).toMatchObject({
    organizationId: ACME.id,
    organizationName: ACME.name,
    queuesListedAt: expect.any(String),
  });
  const { connections } = await listChoices(db, actor.tenantId);
  expect(connections[0]?.queues).toHaveLength(230);
});

test("another organization behind the client is a failure until somebody takes it over", async () => {
  await testSteps();
  answers.organization = OTHER;
  const steps = await testSteps();
  expect(steps.Organization?.outcome).toBe("failed");
  expect(steps.Organization?.text).toContain("another organization: Harbor Bank");
  expect(steps.Queues?.outcome).toBe("not-tried");
  expect((await page())?.settings.organizationId).toBe(ACME.id);

  await takeFoundOrganization(db, actor, connectionId);
  expect((await page())?.settings).toMatchObject({ organizationId: OTHER.id, organizationName: OTHER.name });
  expect((await testSteps()).Organization?.outcome).toBe("passed");
  await expect(takeFoundOrganization(db, actor, connectionId)).rejects.toMatchObject({ code: "conflict" });
});

test("each failure says what it is and what to do", async () => {
  answers.token = { status: 401, json: { error: "invalid_client" } };
  expect((await testSteps()).Token).toMatchObject({
    outcome: "failed",
    text: expect.stringContaining("Is the region right?"),
  });
  answers.token = { status: 400, json: { error: "unauthorized_client", description: "client is disabled" } };
  expect((await testSteps()).Token?.text).toContain("client is disabled");

  answers.token = { json: { access_token: "t", expires_in: 3600 } };
  answers.queuesReply = {
    status: 403,
    json: { code: "not.authorized", message: "lacks [routing:queue:view]" },
  };
  const steps = await testSteps();
  expect(steps.Queues?.text).toContain("the client's role lacks routing:queue:view");
  expect(steps["Notification topics"]?.outcome).toBe("passed");
});

test("messages on the server are proven by a subscription, which names what its role lacks", async () => {
  const form = {
    platform: "genesys",
    name: "Main",
    environment: "sandbox",
    clientId: crypto.randomUUID(),
    serverMessages: "on",
  };
  await saveConnection(deps, actor, connectionId, connectionFormSchema.parse(form));
  expect((await testSteps())["Notification topics"]?.text).toBe(
    'Messages of "Queue a" may be read on the server',
  );
  answers.subscription = { id: "t", state: "Rejected", missingPermissions: ["conversation:message:view"] };
  expect((await testSteps())["Notification topics"]?.text).toContain("lacks conversation:message:view");
});

test("a test that is stopped ends at once and leaves the last whole one as it was", async () => {
  await testSteps();
  const before = (await page())?.lastCheck;
  const stop = new AbortController();
  const check = { ...deps, network, audiohookUrl: "ws://127.0.0.1:9", now: Date.now };
  const run = async () => {
    for await (const { name } of runCheck(check, { tenantId: actor.tenantId, connectionId }, stop.signal)) {
      if (name === "Token") stop.abort(new Error("stopped"));
    }
  };
  await expect(run()).rejects.toThrow("stopped");
  expect((await page())?.lastCheck).toEqual(before);
});

test("without voice its steps are not used, and its address takes no call", async () => {
  const form = { platform: "genesys", name: "Main", environment: "sandbox", clientId: crypto.randomUUID() };
  await saveConnection(deps, actor, connectionId, connectionFormSchema.parse(form));
  const steps = Object.entries(await testSteps());
  expect(steps.filter(([name]) => name.startsWith("AudioHook")).map(([, { outcome }]) => outcome)).toEqual([
    "not-used",
    "not-used",
    "not-used",
  ]);
});

test("a queue that the platform forgets is marked, keeps its mapping, and can come back", async () => {
  const sync = () =>
    syncQueues({ ...deps, network }, actor.tenantId, connectionId, AbortSignal.timeout(9_000));
  expect(await sync()).toEqual({ listed: 2, added: 2, gone: 0, back: 0 });
  await saveMapping(db, actor, {
    mappingId: undefined,
    connectionId,
    queueId: "b",
    queueName: "Queue b",
    knowledgeBaseId: undefined,
    systemPrompt: "",
    modelIntegrationId: undefined,
    threshold: undefined,
  });
  answers.queues = ["a"];
  expect(await sync()).toEqual({ listed: 1, added: 0, gone: 1, back: 0 });
  const gone = (await listMappings(db, actor.tenantId)).mappings[0];
  expect(gone).toMatchObject({ queueId: "b", queueGoneAt: expect.any(Date) });
  answers.queues = ["a", "b", "c"];
  expect(await sync()).toEqual({ listed: 3, added: 1, gone: 0, back: 1 });
  expect((await listMappings(db, actor.tenantId)).mappings[0]?.queueGoneAt).toBeUndefined();
});

test("the same connection's queues of another tenant stay untouched", async () => {
  const place = { tenantId: actor.tenantId, connectionId };
  await withTenant(db, actor.tenantId, (tx) => saveQueues(tx, place, [{ id: "a", name: "A" }], Date.now()));
  const stranger = crypto.randomUUID();
  await expect(
    syncQueues({ ...deps, network }, stranger, connectionId, AbortSignal.timeout(9_000)),
  ).rejects.toThrow("does not exist");
});
