import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { createLog } from "#/lib/kernel/log.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { startSummaryWork } from "./summary-sweep.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(async () => {
  await app.close();
  await owner.close();
});

test("a conversation that has ended is summed up by itself, and one that runs is not", async () => {
  const { tenantId, connectionId } = await aConnection(owner.db);
  const conversationId = randomUUID();
  await owner.db.execute(
    sql`insert into conversations (id, tenant_id, connection_id, platform_conversation_id, started_at) values (${conversationId}, ${tenantId}, ${connectionId}, 'c1', now())`,
  );
  for (const [speaker, text] of [
    ["customer", "I was charged twice for my October bill."],
    ["agent", "I have refunded the second charge."],
  ]) {
    const id = randomUUID();
    await owner.db.execute(
      sql`insert into events (id, tenant_id, connection_id, conversation_id, delivery_id, type, occurred_at, data, trail)
        values (${id}, ${tenantId}, ${connectionId}, ${conversationId}, ${id}, 'utterance', now(), ${JSON.stringify({ speaker, text })}::jsonb, '{"at":{},"attempts":[],"notes":[]}'::jsonb)`,
    );
  }
  const told: DurableMessage[] = [];
  const followed: Promise<void>[] = [];
  const work = startSummaryWork(
    {
      db: app.db,
      publisher: { durable: (_, message) => void told.push(message) },
      openModel: () => {
        throw new Error("this tenant has no model");
      },
      log: createLog("test", "silent"),
    },
    (draft) => void followed.push(draft),
  );
  const place = { tenantId, conversationId };
  await work.ended(place);
  await Promise.all(followed);
  expect(told).toEqual([]);
  await owner.db.execute(sql`update conversations set ended_at = now() where id = ${conversationId}`);
  await work.ended(place);
  // A repeated end asks for nothing: it is drafted already.
  await Promise.all(followed);
  await work.ended(place);
  await Promise.all(followed);
  await work.stop();
  expect(told.map(({ body }) => body)).toEqual([
    expect.objectContaining({ kind: "summary", state: "ready", model: "extractive" }),
  ]);
});
