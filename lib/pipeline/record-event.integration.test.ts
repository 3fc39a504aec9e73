import { afterAll, expect, test } from "vitest";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { events } from "#/drizzle/schema/events.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createLog } from "#/lib/kernel/log.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import { aChatMessage } from "#/tests/factories/deliveries.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { createAcceptor } from "./accept-delivery.ts";
import type { Delivery } from "./delivery.ts";
import { drainConversation } from "./drain-conversation.ts";
import { processDelivery } from "./process-delivery.ts";
import { eventOf, recordEvent } from "./record-event.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();

const anEnd = (place: TestConnection, minute: number): Delivery => ({
  ...aChatMessage(place),
  messageId: `end ${minute}`,
  payload: { kind: "chat.ended", conversationId: "chat-1", reason: "end", at: at(minute) },
});

/** Works through the deliveries one after the other; answers what widgets were shown, in order. */
async function shown(place: TestConnection, sent: readonly Delivery[]): Promise<string[]> {
  const lines: DurableMessage[] = [];
  const publisher = {
    durable: (_: unknown, message: DurableMessage) => void lines.push(message),
    ephemeral: () => {},
    close: async () => {},
  };
  const assist = async () => ({ kind: "silent" as const, reason: "-", stages: {}, notes: [] });
  const deps = { db: app.db, assist, publisher, follow: () => {}, log: createLog("test", "silent") };
  const announced: { tenantId: string; deliveryId: string }[] = [];
  const announce = (_queue: string, jobs: readonly unknown[]) =>
    void announced.push(...(jobs as typeof announced));
  const accept = createAcceptor(app.db, { announce });
  for (const delivery of sent) {
    await accept(delivery);
    for (const each of announced.splice(0))
      for (const conversationId of await processDelivery(app.db, each, normalize))
        await drainConversation(deps, { tenantId: place.tenantId, conversationId });
  }
  return lines.map(({ seq, body }) => {
    const word = body.kind === "session" ? body.state : body.kind === "transcript" ? body.text : body.kind;
    return `${seq} ${word}`;
  });
}

const conversationOf = (place: TestConnection) =>
  withTenant(app.db, place.tenantId, async (tx) => {
    const [row] = await tx.select().from(conversations);
    if (!row) throw new Error("there is no conversation");
    return row;
  });

const line = (place: TestConnection, minute: number, text: string, from: "customer" | "agent" = "customer") =>
  aChatMessage(place, { messageId: `m-${minute}`, text, at: at(minute), from });

test("a chat goes on when somebody writes after its end, told once and before the line", async () => {
  const place = await aConnection(owner.db);
  const back = line(place, 3, "I am back");
  const lines = await shown(place, [
    line(place, 1, "hello"),
    anEnd(place, 2),
    back,
    { ...back, messageId: "the same by another door" },
    line(place, 4, "and here"),
  ]);
  expect(lines).toEqual(["1 active", "2 hello", "3 ended", "4 active", "5 I am back", "6 and here"]);
  expect((await conversationOf(place)).endedAt).toBeNull();
});

test("a line written before the end that comes late ends nothing and reopens nothing", async () => {
  const place = await aConnection(owner.db);
  const lines = await shown(place, [line(place, 1, "hello"), anEnd(place, 3), line(place, 2, "late")]);
  expect(lines).toEqual(["1 active", "2 hello", "3 ended", "4 late"]);
  expect((await conversationOf(place)).endedAt?.toISOString()).toBe(at(3));
});

test("a line that is recorded again after the second end reopens nothing", async () => {
  const place = await aConnection(owner.db);
  await shown(place, [line(place, 1, "hello"), anEnd(place, 2), line(place, 3, "back"), anEnd(place, 4)]);
  const conversation = await conversationOf(place);
  const again = await withTenant(app.db, place.tenantId, async (tx) => {
    const rows = await tx.select().from(events);
    const row = rows.find(({ data }) => data.text === "back");
    if (!row) throw new Error("the line is not stored");
    return recordEvent(tx, eventOf(row, conversation), conversation.id);
  });
  expect(again.messages.map(({ seq }) => seq)).toEqual([5]);
  expect((await conversationOf(place)).endedAt?.toISOString()).toBe(at(4));
});

test("a start that comes late reopens nothing that ended after it, and one after the end does", async () => {
  const place = await aConnection(owner.db);
  const started = (minute: number): Delivery => ({
    ...aChatMessage(place),
    messageId: `start ${minute}`,
    payload: { kind: "context", conversationId: "chat-1", channel: "chat", reopenedAt: at(minute) },
  });
  const late = [line(place, 1, "hello"), anEnd(place, 3), started(2), started(3)];
  expect(await shown(place, late)).toEqual(["1 active", "2 hello", "3 ended", "4 ended", "5 ended"]);
  expect((await conversationOf(place)).endedAt?.toISOString()).toBe(at(3));
  expect(await shown(place, [started(4)])).toEqual(["6 active"]);
  expect((await conversationOf(place)).endedAt).toBeNull();
});

test("words of a call that come after its end do not reopen it", async () => {
  const place = await aConnection(owner.db);
  const call = { conversationId: "chat-1", sessionId: "s-1" };
  const spoken = (kind: string, minute: number, fields: object = {}): Delivery => ({
    ...aChatMessage(place),
    messageId: `${kind} ${minute}`,
    payload: { kind, ...call, at: at(minute), startedAt: at(minute), ...fields },
  });
  const said = { utteranceId: "u-1", speaker: "customer", text: "bye", startMs: 0, durationMs: 1 };
  const lines = await shown(place, [
    spoken("call.started", 1),
    spoken("call.ended", 2),
    spoken("utterance", 3, said),
  ]);
  expect(lines).toEqual(["1 active", "2 ended", "3 bye"]);
});
