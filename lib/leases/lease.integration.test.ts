import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, expect, test, vi } from "vitest";
import { connections } from "#/drizzle/schema/connections.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { activeConnections } from "./active-connections.ts";
import { type LeasePlace, takeLease } from "./lease.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

const SHORT = { holdSeconds: 1, renewMs: 200 };

async function aPlace(): Promise<LeasePlace> {
  const { tenantId, connectionId } = await aConnection(owner.db);
  return { name: `test/${connectionId}`, tenantId, connectionId };
}

test("one holds it, however many ask at once, and others wait for as long as it is renewed", async () => {
  const place = await aPlace();
  const asked = await Promise.all(
    Array.from({ length: 8 }, () => takeLease(app.db, place, randomUUID(), SHORT)),
  );
  const [lease, ...more] = asked.filter((each) => each !== undefined);
  expect(more).toEqual([]);
  await sleep(1_500);
  expect(lease?.signal.aborted).toBe(false);
  expect(await takeLease(app.db, place, randomUUID(), SHORT)).toBeUndefined();
  await lease?.free();
});

test("whoever takes it after another has a higher fence, and a freed one is there at once", async () => {
  const place = await aPlace();
  const first = await takeLease(app.db, place, randomUUID());
  await first?.free();
  expect(first?.signal.aborted).toBe(true);
  const second = await takeLease(app.db, place, randomUUID());
  expect(second?.fence).toBe((first?.fence ?? 0) + 1);
  await second?.free();
});

test("a killed holder's lease is another's within six seconds", async () => {
  const place = await aPlace();
  const program = new URL("./testing/mortal-holder.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [program, urls.appUrl, JSON.stringify(place)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(child.stdout, "data");
  expect(String(said).trim()).toBe("1");
  expect(await takeLease(app.db, place, randomUUID())).toBeUndefined();
  child.kill("SIGKILL");
  const lease = await vi.waitFor(
    async () => {
      const taken = await takeLease(app.db, place, randomUUID());
      expect(taken).toBeDefined();
      return taken;
    },
    { timeout: 6_000, interval: 1_000 },
  );
  expect(lease?.fence).toBe(2);
  await lease?.free();
});

test("who cannot reach Postgres stops before another may begin", async () => {
  const place = await aPlace();
  const own = openDatabase(urls.appUrl, { max: 2 });
  const lease = await takeLease(own.db, place, randomUUID(), SHORT);
  await own.close();
  await vi.waitFor(() => expect(lease?.signal.aborted).toBe(true), { timeout: 3_000, interval: 10 });
  const next = await vi.waitFor(
    async () => {
      const taken = await takeLease(app.db, place, randomUUID(), SHORT);
      expect(taken).toBeDefined();
      return taken;
    },
    { timeout: 3_000 },
  );
  await next?.free();
});

test("a lease ends with its connection, and no tenant takes it for another's", async () => {
  const place = await aPlace();
  const stranger = await aConnection(owner.db);
  expect(
    await takeLease(app.db, { ...place, tenantId: stranger.tenantId }, randomUUID(), SHORT),
  ).toBeUndefined();
  const lease = await takeLease(app.db, place, randomUUID(), SHORT);
  expect(lease).toBeDefined();
  await withTenant(owner.db, place.tenantId, (tx) =>
    tx.delete(connections).where(eq(connections.id, place.connectionId)),
  );
  await vi.waitFor(() => expect(lease?.signal.aborted).toBe(true), { timeout: 2_000 });
});

test("only active connections of the wanted platforms are listed", async () => {
  const active = await aConnection(owner.db);
  const paused = await aConnection(owner.db, { active: false });
  const other = await aConnection(owner.db, { platform: "five9" });
  const listed = (await activeConnections(app.db, ["genesys"])).map(({ connectionId }) => connectionId);
  expect(listed).toContain(active.connectionId);
  expect(listed).not.toContain(paused.connectionId);
  expect(listed).not.toContain(other.connectionId);
  expect(await activeConnections(app.db, [])).toEqual([]);
});
