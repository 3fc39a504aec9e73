import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { createStreamAcceptor } from "./accept-from-stream.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(async () => {
  await app.close();
  await owner.close();
});

const STREAM = "host/acme/event-v1/all";

async function aStream() {
  const place = await aConnection(owner.db);
  const name = `stream/${place.connectionId}`;
  const announced: string[] = [];
  const takeOver = async () => {
    await owner.db.execute(sql`update leases set held_until = '-infinity' where name = ${name}`);
    const [row] = await app.db.execute<{ fence: string }>(
      sql`select * from across.take_lease(${name}, ${place.tenantId}, ${place.connectionId}, ${randomUUID()}, 6)`,
    );
    const lease = { name, fence: Number(row?.fence) };
    return createStreamAcceptor({
      db: app.db,
      producers: {
        announce: (_, jobs) =>
          void announced.push(...(jobs as readonly { deliveryId: string }[]).map((job) => job.deliveryId)),
      },
      lease,
      now: () => Date.now(),
    });
  };
  const stored = async () => {
    const rows = await withTenant(app.db, place.tenantId, (tx) =>
      tx.execute<{ message_id: string; door: string; payload: unknown }>(
        sql`select message_id, door, payload from deliveries order by id`,
      ),
    );
    return [...rows];
  };
  return { place, takeOver, stored, announced };
}

const message = (n: number) => ({ messageId: `m${n}`, payload: { kind: "stream", n } });
const at = (n: number) => ({ messageId: `m${n}`, order: [1, n, 0] });

test("deliveries and position are stored together, in order, and announced once", async () => {
  const { takeOver, stored, announced } = await aStream();
  const holder = await takeOver();
  expect(await holder.read(STREAM)).toMatchObject({ messageId: undefined, fresh: true });
  await holder.store(STREAM, [message(1), message(2), message(2)], at(2));
  await holder.store(STREAM, [message(2), message(3)], at(3));
  expect((await stored()).map(({ message_id, door }) => `${door} ${message_id}`)).toEqual([
    "stream m1",
    "stream m2",
    "stream m3",
  ]);
  expect(announced).toHaveLength(3);
  expect(await holder.read(STREAM)).toMatchObject({ messageId: "m3", fresh: false });
});

test("a position never goes back, and what comes late is stored all the same", async () => {
  const { takeOver, stored } = await aStream();
  const holder = await takeOver();
  await holder.store(STREAM, [message(10)], at(10));
  await holder.store(STREAM, [message(9)], at(9));
  expect(await holder.read(STREAM)).toMatchObject({ messageId: "m10" });
  expect(await stored()).toHaveLength(2);
  await holder.store(STREAM, [message(11)], { messageId: "m11", order: [2, 0, 0] });
  expect(await holder.read(STREAM)).toMatchObject({ messageId: "m11" });
});

test("where ids do not tell their order, the last one stored counts", async () => {
  const { takeOver } = await aStream();
  const holder = await takeOver();
  for (const id of ["b", "a"]) await holder.store(STREAM, [], { messageId: id, order: undefined });
  expect(await holder.read(STREAM)).toMatchObject({ messageId: "a" });
});

test("a holder that was replaced stores nothing, moves nothing and learns it", async () => {
  const { takeOver, stored } = await aStream();
  const late = await takeOver();
  const now = await takeOver();
  await now.store(STREAM, [message(1)], at(1));
  await expect(late.store(STREAM, [message(2)], at(2))).rejects.toMatchObject({ code: "conflict" });
  await expect(late.store(STREAM, [], at(2))).rejects.toMatchObject({ code: "conflict" });
  await expect(late.read(STREAM)).rejects.toMatchObject({ code: "conflict" });
  expect(await stored()).toHaveLength(1);
  expect(await now.read(STREAM)).toMatchObject({ messageId: "m1" });
});

test("each stream of a connection stands for itself", async () => {
  const { takeOver } = await aStream();
  const holder = await takeOver();
  await holder.store(STREAM, [message(1)], at(1));
  expect(await holder.read("other/acme/event-v1/all")).toMatchObject({ messageId: undefined, fresh: true });
});

test("a message that cannot be stored leaves its mark and stops nobody", async () => {
  const { takeOver, stored } = await aStream();
  const holder = await takeOver();
  // Past what an index entry may hold, and so refused by Postgres.
  const long = Array.from({ length: 4_000 }, () => randomUUID()).join("");
  await holder.store(STREAM, [message(1), { messageId: long, payload: {} }, message(2)], at(2));
  const rows = await stored();
  expect(rows.map(({ payload }) => payload)).toEqual([
    { kind: "stream", n: 1 },
    { kind: "unstorable" },
    { kind: "stream", n: 2 },
  ]);
});

test("when Postgres refuses everything, nothing counts as stored", async () => {
  const closed = openDatabase(urls.appUrl);
  await closed.close();
  const holder = createStreamAcceptor({
    db: closed.db,
    producers: { announce: () => {} },
    lease: { name: "none", fence: 1 },
    now: () => 0,
  });
  await expect(holder.store(STREAM, [message(1)], at(1))).rejects.toMatchObject({
    code: "upstream_unavailable",
  });
});
