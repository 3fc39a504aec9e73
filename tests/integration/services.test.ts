import { Redis } from "ioredis";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../support/test-database.ts";
import { testRedisUrl } from "../support/test-redis.ts";

const database = await testDatabase();
const owner = postgres(database.ownerUrl);
const app = postgres(database.appUrl);
afterAll(() => Promise.all([owner.end(), app.end()]));

test("a test file's database is migrated and its own", async () => {
  const other = postgres((await testDatabase()).ownerUrl);
  await owner`create table only_here (id int)`;
  const [here] = await owner`select to_regclass('only_here') as found, to_regclass('tenants') as migrated`;
  const [there] = await other`select to_regclass('only_here') as found`;
  await other.end();
  expect(here).toEqual({ found: "only_here", migrated: "tenants" });
  expect(there).toEqual({ found: null });
});

test("the app role can neither bypass row-level security nor create roles", async () => {
  const [role] = await app`
    select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user`;
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false });
});

test("two Redis addresses do not see each other's keys", async () => {
  const [first, second] = [new Redis(await testRedisUrl()), new Redis(await testRedisUrl())];
  await first.set("key", "value");
  expect(await second.get("key")).toBeNull();
  first.disconnect();
  second.disconnect();
});
