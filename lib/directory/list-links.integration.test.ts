import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { createAgentDirectory } from "./agent-directory.ts";
import { agentLinkSchema, saveAgentLink } from "./edit-links.ts";
import { listLinks } from "./list-links.ts";
import { readDirectory } from "./read-directory.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const redis = new Redis(await testRedisUrl());
afterAll(() => Promise.all([owner.close(), app.close(), redis.quit()]));

const directory = createAgentDirectory({ redis, db: app.db });

async function aPlace() {
  const place = await aConnection(owner.db, { platform: "8x8" });
  const userId = randomUUID();
  const link = (name: string, agentId: string) =>
    saveAgentLink(
      { db: app.db, directory },
      { tenantId: place.tenantId, userId },
      agentLinkSchema.parse({ connectionId: place.connectionId, name, agentId }),
    );
  return { place, link };
}

test("links are listed by their keys, a page at a time and without a gap", async () => {
  const { place, link } = await aPlace();
  for (let n = 0; n < 60; n += 1) await link(`user-${String(n).padStart(2, "0")}`, `ag${n}`);
  const first = await listLinks(app.db, place, {});
  const second = await listLinks(app.db, place, { after: first.next });
  expect([first.links.length, second.links.length]).toEqual([50, 10]);
  expect(second.next).toBeUndefined();
  const names = [...first.links, ...second.links].map(({ name }) => name);
  expect(new Set(names).size).toBe(60);
});

test("a search looks into keys and agents and takes its signs as they are", async () => {
  const { place, link } = await aPlace();
  await link("Robin@acme.test", "agRobin");
  await link("u_1", "agKim");
  await link("ux1", "agLee");
  const found = async (search: string) =>
    (await listLinks(app.db, place, { search })).links.map(({ name }) => name);
  expect(await found("ROBIN")).toEqual(["robin@acme.test"]);
  expect(await found("agkim")).toEqual(["u_1"]);
  expect(await found("u_1")).toEqual(["u_1"]);
  expect(await found("%")).toEqual([]);
});

test("another tenant's links are not listed", async () => {
  const { link } = await aPlace();
  await link("robin", "agRobin");
  const other = await aPlace();
  expect((await listLinks(app.db, other.place, {})).links).toEqual([]);
});

test("an agent stands with the keys that its widgets gave, and without Redis nobody is called absent", async () => {
  const { place } = await aPlace();
  const widget = { socketId: "s1", names: ["u-1", "robin"], agentId: "agRobin", at: 1_000 };
  await directory.watching(place, widget);
  const seen = await readDirectory({ redis, db: app.db }, place, 2_000);
  expect(seen).toMatchObject({
    widgetsKnown: true,
    agents: [{ agentId: "agRobin", widgets: 1, keys: ["u-1", "robin"] }],
  });
  const away = new Redis({ port: 1, lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  away.on("error", () => {});
  expect(await readDirectory({ redis: away, db: app.db }, place, 2_000)).toMatchObject({
    widgetsKnown: false,
  });
  away.disconnect();
});
