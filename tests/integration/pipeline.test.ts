import { asc, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import { events } from "#/drizzle/schema/events.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { type OpenDatabase, openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Assist, AssistOutcome } from "#/lib/events/assist-turn.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { drainConversation } from "#/lib/pipeline/drain-conversation.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import { aChatMessage } from "#/tests/factories/deliveries.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";

const urls = await testDatabase();
const owner: OpenDatabase = openDatabase(urls.ownerUrl);
const app: OpenDatabase = openDatabase(urls.appUrl);
type Announced = { tenantId: string; deliveryId: string };
let announced: Announced[] = [];
const accept = createAcceptor(app.db, {
  announce: (_queue, jobs) => void announced.push(...(jobs as readonly Announced[])),
});
const emitted: DurableMessage[] = [];
const drafts: Promise<void>[] = [];

afterAll(async () => {
  await app.close();
  await owner.close();
});

const silent: Assist = async () => ({ kind: "silent", reason: "nothing asked", stages: {}, notes: [] });

async function workAll(assist: Assist = silent): Promise<void> {
  const publisher = {
    durable: (_: unknown, message: DurableMessage) => void emitted.push(message),
    ephemeral: () => {},
    close: async () => {},
  };
  const follow = (draft: Promise<void>) => void drafts.push(draft);
  const deps = { db: app.db, assist, publisher, follow, log: createLog("test", "silent") };
  const due = announced;
  announced = [];
  await Promise.all(
    due.map(async (place) => {
      const conversations = await processDelivery(app.db, place, normalize);
      await Promise.all(
        conversations.map((conversationId) =>
          drainConversation(deps, { tenantId: place.tenantId, conversationId }),
        ),
      );
    }),
  );
}

const linesOf = (place: TestConnection) =>
  withTenant(app.db, place.tenantId, async (tx) => {
    const rows = await tx.select().from(durableMessages).orderBy(asc(durableMessages.seq));
    return rows.flatMap((row) => {
      const body = row.body as DurableMessage["body"];
      return body.kind === "transcript" ? [{ seq: row.seq, text: body.text }] : [];
    });
  });

test("a message accepted is a numbered transcript line, in the platform's own order", async () => {
  const place = await aConnection(owner.db);
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString();
  await Promise.all([3, 1, 2].map((n) => accept(aChatMessage(place, { text: `line ${n}`, at: at(n) }))));
  await workAll();
  expect(await linesOf(place)).toEqual([
    { seq: 2, text: "line 1" },
    { seq: 3, text: "line 2" },
    { seq: 4, text: "line 3" },
  ]);
});

test("a repeat, at once or later, shows nothing twice", async () => {
  const place = await aConnection(owner.db);
  const message = aChatMessage(place, { messageId: "m-1", text: "once" });
  await Promise.all([
    accept(message),
    accept(message),
    accept({ ...message, messageId: "another delivery id" }),
  ]);
  await workAll();
  await accept(message);
  await workAll();
  expect((await linesOf(place)).map(({ text }) => text)).toEqual(["once"]);
});

test("a delivery for another tenant's connection is as if the connection did not exist", async () => {
  const mine = await aConnection(owner.db);
  const theirs = await aConnection(owner.db);
  const forged = { ...aChatMessage(mine), connectionId: theirs.connectionId };
  await expect(accept(forged)).rejects.toMatchObject({ code: "not_found" });
});

test("text that Postgres cannot store hurts nobody else in the batch", async () => {
  const place = await aConnection(owner.db);
  await Promise.all([
    accept(aChatMessage(place, { text: "bad \u0000 \ud800 text" })),
    accept(aChatMessage(place, { text: "good text" })),
  ]);
  await workAll();
  expect((await linesOf(place)).map(({ text }) => text).sort()).toEqual([
    "bad \ufffd \ufffd text",
    "good text",
  ]);
});

test("a payload that nobody can read is dead at once, with the reason", async () => {
  const place = await aConnection(owner.db);
  await accept({ ...aChatMessage(place), payload: { kind: "riddle" } });
  await workAll();
  const [row] = await withTenant(app.db, place.tenantId, (tx) => tx.select().from(deliveries));
  expect(row).toMatchObject({ state: "dead", reason: expect.stringContaining("kind") });
});

test("an assist that fails leaves the line on screen and the event waiting; at last it is dead", async () => {
  const place = await aConnection(owner.db);
  const failing: Assist = async () => {
    throw new AppError("upstream_unavailable", "The index is being built.");
  };
  await accept(aChatMessage(place, { text: "help" }));
  await workAll(failing);
  const readEvent = () =>
    withTenant(app.db, place.tenantId, async (tx) => {
      const [row] = await tx.select().from(events).where(eq(events.type, "utterance"));
      return row;
    });
  const waiting = await readEvent();
  expect(waiting).toMatchObject({ state: "pending", attempts: 1 });
  expect(waiting?.trail.attempts).toEqual([
    { at: expect.any(Number), error: "The index is being built.", generation: 0 },
  ]);
  expect(await linesOf(place)).toHaveLength(1);

  const refused: Assist = async () => {
    throw new AppError("invalid_input", "Nobody can answer this.");
  };
  await withTenant(app.db, place.tenantId, (tx) => tx.update(events).set({ nextAttemptAt: new Date(0) }));
  const publisher = { durable: () => {}, ephemeral: () => {}, close: async () => {} };
  const conversationId = waiting?.conversationId ?? "";
  await drainConversation(
    { db: app.db, assist: refused, publisher, follow: () => {}, log: createLog("test", "silent") },
    { tenantId: place.tenantId, conversationId },
  );
  expect(await readEvent()).toMatchObject({
    state: "dead",
    outcome: "dead: Nobody can answer this.",
    attempts: 2,
  });
});

test("a draft that outlives its drain can be waited for, and has settled its event then", async () => {
  const place = await aConnection(owner.db);
  const { promise: finished, resolve: finish } = Promise.withResolvers<AssistOutcome>();
  await accept(aChatMessage(place, { text: "how do I cancel?" }));
  await workAll(async () => ({ kind: "drafting", finished }));
  const stateOf = () =>
    withTenant(app.db, place.tenantId, async (tx) => {
      const [row] = await tx.select().from(events).where(eq(events.type, "utterance"));
      return row?.state;
    });
  expect(await stateOf()).toBe("pending");
  finish({ kind: "no-source", question: "how do I cancel?", reason: "none", stages: {}, notes: [] });
  await Promise.all(drafts);
  expect(await stateOf()).toBe("done");
});

test("many drains at once work each event once, in order", async () => {
  const place = await aConnection(owner.db);
  const seen: string[] = [];
  const watching: Assist = async ({ turns }) => {
    seen.push(turns.at(-1)?.text ?? "");
    return { kind: "silent", reason: "watched", stages: {}, notes: [] };
  };
  const texts = Array.from({ length: 20 }, (_, n) => `message ${String(n).padStart(2, "0")}`);
  for (const [n, text] of texts.entries())
    await accept(aChatMessage(place, { text, at: new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString() }));
  await workAll(watching);
  expect([...seen].sort()).toEqual(texts);
  expect((await linesOf(place)).length).toBe(texts.length);
});
