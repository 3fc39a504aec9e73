import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import { aChatMessage } from "#/tests/factories/deliveries.ts";
import { aTalk } from "#/tests/factories/talks.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { parseConversationFilter, parseCursor, type SearchParams } from "./conversation-filter.ts";
import { deleteConversation } from "./delete-conversation.ts";
import { CONVERSATIONS_PAGE_SIZE, listConversations } from "./list-conversations.ts";
import { readConversationChoices } from "./read-choices.ts";
import { readConversation } from "./read-conversation.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

const list = (place: TestConnection, params: SearchParams = {}) =>
  listConversations(app.db, place.tenantId, parseConversationFilter(params, Date.now()));
const idsOf = async (place: TestConnection, params: SearchParams) =>
  (await list(place, params)).rows.map(({ id }) => id);

test("each filter finds its conversations and no other", async () => {
  const place = await aConnection(owner.db);
  const billing = await aTalk(app.db, place, {
    said: [{ text: "Why?", came: "answered", verdict: "up" }],
    queueId: "q1",
    queueName: "Billing EN",
    agentId: "a1",
    agentName: "Ana Alvarez",
    channel: "voice",
    feedbackAt: new Date(),
    startedAt: new Date(Date.now() - 3 * 86_400_000),
  });
  const orders = await aTalk(app.db, place, {
    said: [{ text: "Where?", dead: true }],
    queueId: "q2",
    queueName: "Orders",
    agentId: "a2",
    agentName: "Ben Brandt",
    channel: "chat",
    platformConversationId: "platform-77",
    endedAt: new Date(),
  });
  const one = [billing.conversationId];
  const other = [orders.conversationId];
  expect(await idsOf(place, { queue: "q1" })).toEqual(one);
  expect(await idsOf(place, { agent: "a2" })).toEqual(other);
  expect(await idsOf(place, { channel: "voice" })).toEqual(one);
  expect(await idsOf(place, { connection: place.connectionId, state: "ended" })).toEqual(other);
  expect(await idsOf(place, { feedback: "with" })).toEqual(one);
  expect(await idsOf(place, { dead: "with" })).toEqual(other);
  expect(await idsOf(place, { range: "24h" })).toEqual(other);
  expect(await idsOf(place, { q: "alva" })).toEqual(one);
  expect(await idsOf(place, { q: "ORDERS" })).toEqual(other);
  expect(await idsOf(place, { q: "platform-7" })).toEqual(other);
  expect(await idsOf(place, { q: billing.conversationId })).toEqual(one);
  expect(await idsOf(place, { q: "nobody" })).toEqual([]);
  expect(await readConversationChoices(app.db, place.tenantId)).toEqual({
    queues: [
      { id: "q1", name: "Billing EN" },
      { id: "q2", name: "Orders" },
    ],
    agents: [
      { id: "a1", name: "Ana Alvarez" },
      { id: "a2", name: "Ben Brandt" },
    ],
  });
});

test("pages follow each other without a gap or a repeat, also where many started at once", async () => {
  const place = await aConnection(owner.db);
  const startedAt = new Date();
  await withTenant(app.db, place.tenantId, (tx) =>
    tx.insert(conversations).values(
      Array.from({ length: CONVERSATIONS_PAGE_SIZE * 2 + 7 }, () => ({
        tenantId: place.tenantId,
        connectionId: place.connectionId,
        platformConversationId: randomUUID(),
        startedAt,
      })),
    ),
  );
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await list(place, after ? { after } : {});
    expect(page.count).toBe(CONVERSATIONS_PAGE_SIZE * 2 + 7);
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
  } while (after);
  expect(new Set(seen).size).toBe(CONVERSATIONS_PAGE_SIZE * 2 + 7);
  expect(seen).toHaveLength(CONVERSATIONS_PAGE_SIZE * 2 + 7);
});

test("one conversation has its lines with their cards, redacted", async () => {
  const place = await aConnection(owner.db);
  const { conversationId } = await aTalk(app.db, place, {
    said: [
      { text: "I am kim@example.com" },
      { text: "Why was I charged?", came: "answered", verdict: "down" },
      { text: "Do you ship to Norway?", came: "unanswered" },
    ],
  });
  const detail = await readConversation(app.db, place.tenantId, { conversationId });
  expect(detail?.lines.map(({ text }) => text)).toEqual([
    "I am [email]",
    "Why was I charged?",
    "Do you ship to Norway?",
  ]);
  expect(detail?.lines[1]?.cards[0]).toMatchObject({
    waitMs: 80,
    feedback: [{ agentId: "a", kind: "verdict", value: "down" }],
    versions: { profileVersion: 3, knowledgeVersion: 7, model: "extractive" },
  });
  expect(detail?.figures).toMatchObject({ events: 3, shown: 1, rejected: 1, unanswered: 1 });
});

test("another tenant's conversation can be neither read nor deleted", async () => {
  const mine = await aConnection(owner.db);
  const theirs = await aConnection(owner.db);
  const { conversationId } = await aTalk(app.db, theirs, { said: [{ text: "Hello" }] });
  expect(await readConversation(app.db, mine.tenantId, { conversationId })).toBeUndefined();
  const actor = { tenantId: mine.tenantId, userId: randomUUID() };
  await expect(deleteConversation(app.db, actor, conversationId)).rejects.toMatchObject({
    code: "not_found",
  });
  expect((await list(mine)).rows).toEqual([]);
  expect(await readConversation(app.db, theirs.tenantId, { conversationId })).toBeDefined();
});

test("a deleted conversation leaves ids alone, and the deletion is audited", async () => {
  const place = await aConnection(owner.db);
  const talk = await aTalk(app.db, place, {
    said: [{ text: "My card is 4111 1111 1111 1111", came: "answered", verdict: "up" }],
    platformConversationId: "platform-conversation-1",
  });
  const kept = await aTalk(app.db, place, { said: [{ text: "Not this one" }] });
  const repeat = randomUUID();
  await withTenant(app.db, place.tenantId, (tx) =>
    tx.insert(deliveries).values({
      id: repeat,
      tenantId: place.tenantId,
      connectionId: place.connectionId,
      door: "widget",
      messageId: repeat,
      payload: { topic: "v2.platform-conversation-1.messages", text: "again" },
      state: "dead",
      receivedAt: new Date(),
    }),
  );
  await withTenant(app.db, place.tenantId, (tx) =>
    tx.execute(sql`INSERT INTO event_texts (tenant_id, delivery_id, stored_at, words)
      VALUES (${place.tenantId}, ${repeat}, now(), to_tsvector('simple', 'again'))`),
  );
  const userId = randomUUID();
  const actor = { tenantId: place.tenantId, userId };
  expect(await deleteConversation(app.db, actor, talk.conversationId)).toEqual({ events: 1, deliveries: 2 });
  const left = await withTenant(owner.db, place.tenantId, async (tx) => ({
    counts:
      await tx.execute(sql`SELECT (SELECT count(*)::int FROM events WHERE conversation_id = ${talk.conversationId}) AS events,
      (SELECT count(*)::int FROM suggestions WHERE conversation_id = ${talk.conversationId}) AS suggestions,
      (SELECT count(*)::int FROM feedback WHERE tenant_id = ${place.tenantId}) AS feedback,
      (SELECT count(*)::int FROM answers WHERE conversation_id = ${talk.conversationId}) AS answers,
      (SELECT count(*)::int FROM event_texts WHERE delivery_id = ${repeat}) AS words,
      (SELECT count(*)::int FROM event_keys WHERE event_id = ${talk.eventIds[0] ?? ""}) AS keys`),
    payloads: await tx.select().from(deliveries).where(eq(deliveries.tenantId, place.tenantId)),
    audited: await tx.select().from(auditEntries).where(eq(auditEntries.tenantId, place.tenantId)),
  }));
  expect(left.counts[0]).toEqual({ events: 0, suggestions: 0, feedback: 0, answers: 0, words: 0, keys: 1 });
  expect(left.payloads.filter(({ payload }) => JSON.stringify(payload) !== "{}").map(({ id }) => id)).toEqual(
    kept.deliveryIds,
  );
  expect(left.payloads.find(({ id }) => id === repeat)?.state).toBe("processed");
  expect(left.audited).toMatchObject([
    { userId, action: "conversation.deleted", target: talk.conversationId, detail: { events: "1" } },
  ]);
});

test("what a platform sends again does not bring a deleted conversation back", async () => {
  const place = await aConnection(owner.db);
  const announced: { tenantId: string; deliveryId: string }[] = [];
  const accept = createAcceptor(app.db, {
    announce: (_queue: string, jobs: readonly unknown[]) =>
      void announced.push(...(jobs as typeof announced)),
  });
  const work = async () => {
    for (const each of announced.splice(0)) await processDelivery(app.db, each, normalize);
  };
  const message = aChatMessage(place, { conversationId: "chat-that-is-deleted", text: "Forget me" });
  await accept(message);
  await work();
  const [row] = (await list(place)).rows;
  await deleteConversation(app.db, { tenantId: place.tenantId, userId: randomUUID() }, row?.id ?? "");
  await accept(message);
  await accept({ ...message, messageId: "the same by another door" });
  await work();
  expect((await list(place)).rows).toEqual([]);
});

test("an address that makes no sense leaves the list as it is", async () => {
  const place = await aConnection(owner.db);
  const { conversationId } = await aTalk(app.db, place, { said: [] });
  const odd = {
    after: "x.y",
    connection: "1",
    channel: "fax",
    range: "1y",
    state: "gone",
    from: "no",
    q: "\0",
  };
  expect(await idsOf(place, odd)).toEqual([conversationId]);
  expect(parseCursor("999999999999999999999.x")).toBeUndefined();
});
