import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { builtInRole } from "#/lib/tenancy/permissions.ts";
import { aMember } from "#/tests/factories/person.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { createApiKey } from "./create-api-key.ts";
import { findApiKey } from "./find-api-key.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { revokeApiKey } from "./revoke-api-key.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const { db, close } = openDatabase(urls.appUrl);
afterAll(async () => {
  await close();
  await owner.close();
});

const clock = () => Date.now();
const form = { name: "Wiki sync", scopes: ["documents:write" as const], days: undefined };

async function boss() {
  const { tenantId } = await aConnection(owner.db);
  return aMember(owner.db, tenantId, "owner");
}

test("a key is found by what was shown once, and stands nowhere in the clear", async () => {
  const me = await boss();
  const { id, key } = await createApiKey({ db, clock }, me, form);
  expect(await findApiKey(db, key)).toEqual({
    tenantId: me.tenantId,
    keyId: id,
    scopes: ["documents:write"],
  });
  const [stored] = await owner.db.execute(
    sql`select row_to_json(k)::text as row from api_keys k where id = ${id}`,
  );
  expect(String(stored?.row)).not.toContain(key.slice(12));
  const shown = JSON.stringify(await listApiKeys(db, me.tenantId));
  expect(shown).toContain(key.slice(0, 12));
  expect(shown).not.toContain(key.slice(0, 13));
});

test("another key, a shortened one and an injection find nothing", async () => {
  const { key } = await createApiKey({ db, clock }, await boss(), form);
  for (const wrong of [
    `${key.slice(0, -1)}A`.replace(key, "x"),
    key.slice(0, -1),
    "",
    "' or 1=1 --",
    `${key}x`,
  ])
    expect(await findApiKey(db, wrong)).toBeUndefined();
});

test("a revoked key and an expired one open nothing", async () => {
  const me = await boss();
  const first = await createApiKey({ db, clock }, me, form);
  await revokeApiKey(db, me, first.id);
  expect(await findApiKey(db, first.key)).toBeUndefined();
  await expect(revokeApiKey(db, me, first.id)).rejects.toThrow("revoked already");
  const old = await createApiKey({ db, clock: () => clock() - 2 * 86_400_000 }, me, { ...form, days: 1 });
  expect(await findApiKey(db, old.key)).toBeUndefined();
});

test("the last use is noted once a minute at most", async () => {
  const me = await boss();
  const { id, key } = await createApiKey({ db, clock }, me, form);
  const usedAt = async () => (await listApiKeys(db, me.tenantId)).find((row) => row.id === id)?.lastUsedAt;
  expect(await usedAt()).toBeNull();
  await findApiKey(db, key);
  const first = await usedAt();
  await findApiKey(db, key);
  expect(await usedAt()).toEqual(first);
  await owner.db.execute(
    sql`update api_keys set last_used_at = now() - interval '2 minutes' where id = ${id}`,
  );
  await findApiKey(db, key);
  expect((await usedAt())?.getTime()).toBeGreaterThan((first?.getTime() ?? 0) - 1);
});

test("nobody makes a key that may do more than they may, nor touches another tenant's", async () => {
  const me = await boss();
  await expect(createApiKey({ db, clock }, { ...me, role: builtInRole("supervisor") }, form)).rejects.toThrow(
    "may not do",
  );
  const { id, key } = await createApiKey({ db, clock }, me, form);
  await expect(revokeApiKey(db, await boss(), id)).rejects.toThrow("does not exist");
  expect(await findApiKey(db, key)).toBeDefined();
});
