import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { newTrail } from "#/lib/events/trail.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import { aChatMessage } from "#/tests/factories/deliveries.ts";
import { someEvents } from "#/tests/factories/events.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { csvCell, exportEvents } from "./export-events.ts";
import { findPlaces } from "./find-places.ts";
import { parseFilter, type SearchParams } from "./inspector-filter.ts";
import { listEvents } from "./list-events.ts";
import { tellOlderEvents } from "./tell-texts.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

const list = async (place: TestConnection, params: SearchParams) =>
  (await listEvents(app.db, place.tenantId, parseFilter(params, Date.now()))).rows;

/** A chat message on its whole way in. */
async function said(place: TestConnection, text: string): Promise<void> {
  const announced: { tenantId: string; deliveryId: string }[] = [];
  const announce = (_queue: string, jobs: readonly unknown[]) =>
    void announced.push(...(jobs as typeof announced));
  await createAcceptor(app.db, { announce })(aChatMessage(place, { text }));
  for (const job of announced) await processDelivery(app.db, job, normalize);
}

test("words are found by their beginnings, all of them, and only in the own tenant", async () => {
  const [place, other] = [await aConnection(owner.db), await aConnection(owner.db)];
  await said(place, "I was charged twice for the blue zebra");
  await said(place, "The blue door is fine");
  await said(other, "A zebra of another tenant");
  const texts = async (q: string) =>
    (await list(place, { q, type: "utterance" })).map(({ summary }) => summary);
  expect(await texts("ZEB blue")).toEqual(["Customer: I was charged twice for the blue zebra"]);
  expect(await texts("blue")).toHaveLength(2);
  expect(await texts("blue giraffe")).toEqual([]);
  expect(await list(other, { q: "zebra", type: "utterance" })).toHaveLength(1);
});

test("nobody finds by what was redacted", async () => {
  const place = await aConnection(owner.db);
  await said(place, "Write to kim@example.com, my card is 4111 1111 1111 1111");
  for (const q of ["kim", "kim@example.com", "4111", "example"])
    expect(await list(place, { q, type: "utterance" }), q).toEqual([]);
  expect(await list(place, { q: "email card", type: "utterance" })).toHaveLength(1);
});

test("events from before the words were kept are found after one pass over them", async () => {
  const place = await aConnection(owner.db);
  await someEvents(app.db, place, [
    { data: { speaker: "customer", text: "an ancient walrus", channel: "chat" } },
  ]);
  expect(await list(place, { q: "walrus" })).toEqual([]);
  let below: string | undefined;
  do below = await tellOlderEvents(app.db, below);
  while (below);
  expect(await list(place, { q: "walrus" })).toHaveLength(1);
  expect(await list(place, { q: "walrus", state: "dead" })).toEqual([]);
});

test("stage, duration, platform and agent narrow the list", async () => {
  const place = await aConnection(owner.db);
  const [slow] = await someEvents(app.db, place, [
    { trail: newTrail({ received: 0, emitted: 900 }) },
    { trail: newTrail({ received: 0, emitted: 100 }) },
    { trail: newTrail({ received: 0 }) },
  ]);
  expect(await list(place, { stage: "emitted" })).toHaveLength(2);
  expect((await list(place, { stage: "emitted", slower: "500" })).map(({ id }) => id)).toEqual([slow]);
  expect(await list(place, { platform: "genesys" })).toHaveLength(3);
  expect(await list(place, { platform: "five9" })).toEqual([]);
  expect(await list(place, { agent: "nobody" })).toEqual([]);
});

test("an export has every row, is redacted, cannot carry a formula and is audited", async () => {
  const place = await aConnection(owner.db);
  await someEvents(
    app.db,
    place,
    Array.from({ length: 501 }, () => ({
      data: { speaker: "customer", text: 'I am kim@example.com, "quoted"', channel: "chat" },
    })),
  );
  const actor = { tenantId: place.tenantId, userId: randomUUID() };
  const read = async (format: "csv" | "jsonl") => {
    let text = "";
    for await (const part of await exportEvents(app.db, actor, { type: "utterance" }, format)) text += part;
    return text;
  };
  const csv = await read("csv");
  expect(csv.trim().split("\r\n")).toHaveLength(502);
  expect(csv).toContain('"Customer: I am [email], ""quoted"""');
  expect(csv).not.toContain("kim@example.com");
  const first = JSON.parse((await read("jsonl")).split("\n")[0] ?? "") as Record<string, unknown>;
  expect(first).toMatchObject({ kind: "event", type: "utterance", platform: "genesys" });
  expect(csvCell("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
  const entries = await withTenant(app.db, place.tenantId, (tx) => tx.select().from(auditEntries));
  expect(entries.map(({ action, detail }) => [action, detail.format])).toEqual([
    ["events.exported", "csv"],
    ["events.exported", "jsonl"],
  ]);
});

test("what Ctrl+K finds is the own tenant's, and of the kinds that one may open", async () => {
  const [place, other] = [await aConnection(owner.db), await aConnection(owner.db)];
  const [event = ""] = await someEvents(app.db, place, [{}]);
  const kinds = async (tenantId: string, typed: string, mayAll = true) =>
    (await findPlaces(app.db, tenantId, typed, () => mayAll)).map(({ kind }) => kind);
  expect(await kinds(place.tenantId, "genes")).toEqual(["connection"]);
  expect(await kinds(place.tenantId, event)).toEqual(["event"]);
  expect(await kinds(other.tenantId, event)).toEqual([]);
  expect(await kinds(place.tenantId, event, false)).toEqual([]);
  expect(await kinds(place.tenantId, "100%")).toEqual([]);
});
