import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { aMember } from "#/tests/factories/person.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { countExpired } from "./count-expired.ts";
import { dueTenants, enforceRetention } from "./enforce-retention.ts";
import { turnsForModel } from "./mask-turns.ts";
import {
  askForRetention,
  readPrivacySettings,
  retentionFormSchema,
  saveMasking,
  saveRetention,
} from "./privacy-settings.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const { db, close } = openDatabase(urls.appUrl);
afterAll(async () => {
  await close();
  await owner.close();
});

const DAYS = { payload: 10, suggestion: 20, summary: 20, conversation: 30, metric: 60, audit: 100 };
const deps = { db, clock: () => Date.now() };
const goOn = new AbortController().signal;

/** A conversation that ended so many days ago, with a delivery, an event and its key, a card, a summary. */
async function aConversation(tenantId: string, connectionId: string, days: number) {
  const [conversation, event, suggestion] = [randomUUID(), randomUUID(), randomUUID()];
  const at = new Date(Date.now() - days * 86_400_000);
  const hex = at.getTime().toString(16).padStart(12, "0");
  const delivery = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${randomUUID().slice(24)}`;
  const when = at.toISOString();
  for (const statement of [
    sql`insert into conversations (id, tenant_id, connection_id, platform_conversation_id, started_at, ended_at, updated_at)
      values (${conversation}, ${tenantId}, ${connectionId}, ${conversation}, ${when}, ${when}, ${when})`,
    sql`insert into deliveries (id, tenant_id, connection_id, door, message_id, payload, state, received_at, stored_at)
      values (${delivery}, ${tenantId}, ${connectionId}, 'widget', ${delivery}, '{}', 'processed', ${when}, ${when})`,
    sql`insert into events (id, tenant_id, connection_id, conversation_id, delivery_id, type, occurred_at, data, trail, stored_at)
      values (${event}, ${tenantId}, ${connectionId}, ${conversation}, ${delivery}, 'utterance', ${when}, '{}', '{"at":{}}', ${when})`,
    sql`insert into event_keys (tenant_id, event_id, seen_at) values (${tenantId}, ${event}, ${when})`,
    sql`insert into suggestions (id, tenant_id, conversation_id, event_id, profile_id, profile_version, knowledge_version, model, body, created_at)
      values (${suggestion}, ${tenantId}, ${conversation}, ${event}, ${randomUUID()}, 1, 1, 'extractive', '{}', ${when})`,
    sql`insert into summaries (tenant_id, conversation_id, fields, state, updated_at)
      values (${tenantId}, ${conversation}, '{}', 'ready', ${when})`,
  ])
    await owner.db.execute(statement);
}

async function rowsOf(tenantId: string) {
  const count = async (table: string) => {
    const [row] = await owner.db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)} where tenant_id = ${tenantId}`,
    );
    return row?.n;
  };
  const tables = ["deliveries", "conversations", "events", "event_keys", "suggestions", "summaries"];
  return Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, await count(table)] as const)),
  );
}

test("each kind goes when its own time has come, and the keys of events stay", async () => {
  const { tenantId, connectionId } = await aConnection(owner.db);
  const other = await aConnection(owner.db);
  const boss = await aMember(owner.db, tenantId, "owner");
  for (const days of [5, 15, 25, 40]) await aConversation(tenantId, connectionId, days);
  await aConversation(other.tenantId, other.connectionId, 40);
  await saveRetention(db, boss, DAYS);
  expect(await countExpired(deps, tenantId, DAYS)).toEqual({
    payload: 3,
    suggestion: 2,
    summary: 2,
    conversation: 1,
    metric: 0,
    audit: 0,
  });
  expect(await rowsOf(tenantId)).toMatchObject({ deliveries: 4, conversations: 4 });
  await enforceRetention(deps, tenantId, goOn);
  const left = { deliveries: 1, suggestions: 2, summaries: 2, conversations: 3, events: 3, event_keys: 4 };
  expect(await rowsOf(tenantId)).toEqual(left);
  expect(await enforceRetention(deps, tenantId, goOn)).toMatchObject({ payload: 0, conversation: 0 });
  expect(await rowsOf(tenantId)).toEqual(left);
  expect(await rowsOf(other.tenantId)).toMatchObject({ conversations: 1, deliveries: 1 });
});

test("a delivery that nobody has worked on stays, whatever its age", async () => {
  const { tenantId, connectionId } = await aConnection(owner.db);
  await aConversation(tenantId, connectionId, 400);
  await owner.db.execute(sql`update deliveries set state = 'stored' where tenant_id = ${tenantId}`);
  await enforceRetention(deps, tenantId, goOn);
  expect(await rowsOf(tenantId)).toMatchObject({ deliveries: 1, conversations: 0 });
});

test("a round belongs to one process at a time, and the next is due when it is asked for", async () => {
  const { tenantId } = await aConnection(owner.db);
  const boss = await aMember(owner.db, tenantId, "owner");
  expect(await dueTenants(db, 1000)).toContain(tenantId);
  expect(await dueTenants(db, 1000)).not.toContain(tenantId);
  await enforceRetention(deps, tenantId, goOn);
  expect(await dueTenants(db, 1000)).not.toContain(tenantId);
  await askForRetention(db, boss);
  expect(await dueTenants(db, 1000)).toContain(tenantId);
  const settings = await readPrivacySettings(db, tenantId);
  expect(settings.running).toBe(true);
  expect(settings.lastRun.payload?.finishedAt).toBeDefined();
});

test("days are whole, within their bounds, and nothing outlives its conversation", () => {
  const days = { ...DAYS, conversation: 10 };
  const fields = (input: object) =>
    retentionFormSchema.safeParse(input).error?.issues.map(({ path }) => path.join("."));
  expect(fields(DAYS)).toBeUndefined();
  expect(fields(days)).toEqual(["suggestion", "summary"]);
  expect(fields({ ...DAYS, audit: 10, payload: "x" })).toEqual(["payload", "audit"]);
});

test("what people said is masked for a model unless the tenant says otherwise", async () => {
  const { tenantId } = await aConnection(owner.db);
  const boss = await aMember(owner.db, tenantId, "owner");
  const turns = [{ speaker: "customer", text: "I am ana@example.com, card 4111 1111 1111 1111" }];
  expect(await turnsForModel(db, tenantId, turns)).toEqual([
    { speaker: "customer", text: "I am [email], card [card]" },
  ]);
  await saveMasking(db, boss, false);
  expect(await turnsForModel(db, tenantId, turns)).toEqual(turns);
});
