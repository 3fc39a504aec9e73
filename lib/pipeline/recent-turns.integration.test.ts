import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { events } from "#/drizzle/schema/events.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { someEvents } from "#/tests/factories/events.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { recentTurns } from "./recent-turns.ts";

const { db, close } = openDatabase((await testDatabase()).ownerUrl);
afterAll(close);

test("a turn is the last of its own context, whatever else was said in the same millisecond", async () => {
  const place = await aConnection(db);
  const moment = new Date("2026-03-02T10:00:00Z");
  const said = (speaker: string, text: string) => ({ data: { speaker, text, channel: "chat" } });
  const ids = await someEvents(db, place, [
    { ...said("customer", "Hello"), occurredAt: new Date(moment.getTime() - 1) },
    { ...said("customer", "I was charged twice"), occurredAt: moment },
    { ...said("agent", "Let me look"), occurredAt: moment },
  ]);
  const contexts = await Promise.all(
    ids.map(async (id) => {
      const [row] = await withTenant(db, place.tenantId, (tx) =>
        tx.select().from(events).where(eq(events.id, id)),
      );
      return row ? (await recentTurns(db, row)).map(({ text }) => text) : [];
    }),
  );
  expect(contexts.map((texts) => texts.at(-1))).toEqual(["Hello", "I was charged twice", "Let me look"]);
  expect(contexts.map((texts) => texts[0])).toEqual(["Hello", "Hello", "Hello"]);
});
