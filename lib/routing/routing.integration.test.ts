import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { chooseProfile } from "./choose-profile.ts";
import { listChoices } from "./list-choices.ts";
import { listMappings } from "./list-mappings.ts";
import { defaultProfileSchema, mappingFormSchema } from "./mapping-form.ts";
import { saveDefaultProfile } from "./save-default-profile.ts";
import { deleteMapping, saveMapping } from "./save-mapping.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
afterAll(() => Promise.all([close(), owner.end()]));

type Tenant = {
  actor: Actor;
  tenantId: string;
  connectionId: string;
  help: string;
  billing: string;
  model: string;
};

async function aTenant(): Promise<Tenant> {
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  const tenantId: string = tenant?.id;
  const [connection] = await owner`
    insert into connections (tenant_id, public_id, platform, name, settings)
    values (${tenantId}, ${crypto.randomUUID()}, 'genesys', 'Main line', ${owner.json({ queues: [{ id: "q-1", name: "Billing" }] })})
    returning id`;
  const base = async (name: string) => {
    const [row] =
      await owner`insert into knowledge_bases (tenant_id, name) values (${tenantId}, ${name}) returning id`;
    return row?.id;
  };
  const [model] = await owner`
    insert into model_integrations (tenant_id, name, kind, base_url, model)
    values (${tenantId}, 'House model', 'openai-compatible', 'https://models.example.com/v1', 'm') returning id`;
  return {
    actor: { tenantId, userId: crypto.randomUUID() },
    tenantId,
    connectionId: connection?.id,
    help: await base("Help centre"),
    billing: await base("Billing articles"),
    model: model?.id,
  };
}

let acme: Tenant;
beforeEach(async () => {
  acme = await aTenant();
});

const aMapping = (changes: object = {}) =>
  mappingFormSchema.parse({
    connectionId: acme.connectionId,
    queueId: "q-1",
    queueName: "Billing",
    knowledgeBaseId: acme.billing,
    ...changes,
  });
const aDefault = (changes: object = {}) =>
  defaultProfileSchema.parse({ knowledgeBaseId: acme.help, ...changes });
const choose = (queueId?: string) =>
  chooseProfile(db, { tenantId: acme.tenantId, connectionId: acme.connectionId, queueId });

/** Saves a new mapping and answers its id. */
async function mapped(changes: object = {}): Promise<string> {
  const saved = await saveMapping(db, acme.actor, aMapping(changes));
  return "mappingId" in saved ? saved.mappingId : "";
}

test("without a default and a mapping nothing answers", async () => {
  expect(await choose("q-1")).toBeUndefined();
});

test("a mapped queue has its own profile, any other the tenant's default", async () => {
  await saveDefaultProfile(db, acme.actor, aDefault());
  await saveMapping(
    db,
    acme.actor,
    aMapping({ systemPrompt: "Amounts first.", modelIntegrationId: acme.model }),
  );
  expect(await choose("q-1")).toMatchObject({
    why: "queue mapping",
    knowledgeBaseId: acme.billing,
    systemPrompt: "Amounts first.",
    model: { id: acme.model },
  });
  const fallback = {
    why: "tenant default",
    knowledgeBaseId: acme.help,
    model: undefined,
    knowledgeVersion: 1,
  };
  expect(await choose("q-2")).toMatchObject(fallback);
  expect(await choose()).toMatchObject(fallback);
});

test("a mapping without a base of its own searches the tenant's", async () => {
  await saveDefaultProfile(db, acme.actor, aDefault());
  await saveMapping(db, acme.actor, aMapping({ knowledgeBaseId: "" }));
  expect(await choose("q-1")).toMatchObject({ why: "queue mapping", knowledgeBaseId: acme.help });
});

test("each save is the profile's next version", async () => {
  const mappingId = await mapped();
  await saveMapping(db, acme.actor, aMapping({ mappingId, threshold: "0.4" }));
  expect(await choose("q-1")).toMatchObject({ version: 2, threshold: 0.4 });
});

test("a queue is mapped once, and deleting its mapping brings the default back", async () => {
  await saveDefaultProfile(db, acme.actor, aDefault());
  const mappingId = await mapped();
  await expect(saveMapping(db, acme.actor, aMapping())).rejects.toMatchObject({ code: "conflict" });
  await deleteMapping(db, acme.actor, mappingId);
  expect(await choose("q-1")).toMatchObject({ why: "tenant default" });
  const [left] = await owner`select count(*)::int as n from profiles where tenant_id = ${acme.tenantId}`;
  expect(left).toEqual({ n: 1 });
});

test("the table has the default and the queues, by name", async () => {
  await saveDefaultProfile(db, acme.actor, aDefault({ modelIntegrationId: acme.model }));
  await saveMapping(db, acme.actor, aMapping());
  const { fallback, mappings } = await listMappings(db, acme.tenantId);
  expect(fallback).toMatchObject({ knowledgeBase: "Help centre", model: "House model", cards: 0 });
  expect(mappings).toMatchObject([
    { queueName: "Billing", connection: "Main line", knowledgeBase: "Billing articles" },
  ]);
});

test("the form offers queues that the connection names and those that conversations came from", async () => {
  await owner`
    insert into conversations (tenant_id, connection_id, platform_conversation_id, queue_id, queue_name, started_at)
    values (${acme.tenantId}, ${acme.connectionId}, 'c-1', 'q-7', 'Returns', now())`;
  const { connections } = await listChoices(db, acme.tenantId);
  expect(connections[0]?.queues).toEqual([
    { id: "q-1", name: "Billing" },
    { id: "q-7", name: "Returns" },
  ]);
});

test("nothing of another tenant can be mapped, changed or chosen", async () => {
  const other = await aTenant();
  const mappingId = await mapped();
  const tries = [
    () => saveMapping(db, acme.actor, aMapping({ queueId: "q-9", knowledgeBaseId: other.help })),
    () => saveMapping(db, acme.actor, aMapping({ queueId: "q-9", modelIntegrationId: other.model })),
    () => saveMapping(db, acme.actor, aMapping({ queueId: "q-9", connectionId: other.connectionId })),
    () => saveDefaultProfile(db, other.actor, aDefault()),
    () => deleteMapping(db, other.actor, mappingId),
  ];
  for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  expect(await chooseProfile(db, { ...other, queueId: "q-1" })).toBeUndefined();
});
