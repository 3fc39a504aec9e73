import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { DurableBody } from "#/lib/realtime/contract.ts";
import { readPresence } from "#/lib/realtime/presence.ts";
import { addressOf, aLine, aSocket, say, type Talk } from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, redisOf, talkOf, socketOf } = await testWorld();

const inTenant = <T extends Record<string, unknown>>(talk: Talk, query: ReturnType<typeof sql>) =>
  withTenant(world().db, talk.place.tenantId, (tx) => tx.execute<T>(query));

async function anEvent(talk: Talk): Promise<string> {
  const id = randomUUID();
  const { tenantId, connectionId } = talk.place;
  const trail = JSON.stringify({ at: { received: 1 }, attempts: [], notes: [] });
  await inTenant(
    talk,
    sql`insert into events (id, tenant_id, connection_id, conversation_id, delivery_id, type, occurred_at, data, trail)
      values (${id}, ${tenantId}, ${connectionId}, ${talk.conversationId}, ${id}, 'utterance', now(), '{}', ${trail}::jsonb)`,
  );
  return id;
}

/** A card of this conversation that cites the middle one of three passages. */
async function aCard(talk: Talk) {
  const eventId = await anEvent(talk);
  const { tenantId } = talk.place;
  const [base, doc, suggestionId] = [randomUUID(), randomUUID(), randomUUID()];
  const passages = ["Charges wait.", "They drop off after 5 days.", "Call us then."];
  const chunkIds = passages.map(() => randomUUID());
  await inTenant(
    talk,
    sql`insert into knowledge_bases (id, tenant_id, name) values (${base}, ${tenantId}, ${base})`,
  );
  await inTenant(
    talk,
    sql`insert into documents (id, tenant_id, knowledge_base_id, title, source, origin, media_type)
      values (${doc}, ${tenantId}, ${base}, 'Pending charges', 'upload', 'pending.md', 'text/markdown')`,
  );
  for (const [index, text] of passages.entries())
    await inTenant(
      talk,
      sql`insert into chunks (id, tenant_id, knowledge_base_id, document_id, ordinal, heading_path, text)
        values (${chunkIds[index]}, ${tenantId}, ${base}, ${doc}, ${index}, '{Cards}', ${text})`,
    );
  const cited = chunkIds[1] ?? "";
  const source = {
    n: 1,
    chunkId: cited,
    documentId: doc,
    title: "Pending charges",
    headingPath: ["Cards"],
    score: 1,
  };
  const body = {
    question: "Why twice?",
    sentences: [],
    sources: [source],
    origin: "extractive" as const,
    confidence: 1,
  };
  await inTenant(
    talk,
    sql`insert into suggestions (id, tenant_id, conversation_id, event_id, profile_id, profile_version, knowledge_version, model, body)
      values (${suggestionId}, ${tenantId}, ${talk.conversationId}, ${eventId}, ${base}, 1, 1, 'extractive', ${JSON.stringify(body)}::jsonb)`,
  );
  const durable: DurableBody = { kind: "suggestion", suggestionId, at: new Date().toISOString(), ...body };
  return { eventId, suggestionId, cited, uncited: chunkIds[0] ?? "", durable };
}

test("a passage that a card cites opens with its neighbors, and no other passage does", async () => {
  const talk = await talkOf();
  const { cited, uncited } = await aCard(talk);
  const socket = await socketOf(talk);
  expect(await socket.emitWithAck("passage", { chunkId: cited })).toEqual({
    ok: true,
    title: "Pending charges",
    headingPath: ["Cards"],
    before: "Charges wait.",
    text: "They drop off after 5 days.",
    after: "Call us then.",
    origin: "pending.md",
  });
  expect(await socket.emitWithAck("passage", { chunkId: uncited })).toMatchObject({ code: "not_found" });
  const stranger = await socketOf(await talkOf());
  expect(await stranger.emitWithAck("passage", { chunkId: cited })).toMatchObject({ code: "not_found" });
  for (const each of [socket, stranger]) each.disconnect();
});

test("feedback is kept once for each agent and kind, and not for a foreign card", async () => {
  const talk = await talkOf();
  const { suggestionId } = await aCard(talk);
  const socket = await socketOf(talk);
  for (const value of ["up", "down"])
    expect(await socket.emitWithAck("feedback", { suggestionId, kind: "verdict", value })).toEqual({
      ok: true,
    });
  const rows = await inTenant(talk, sql`select agent_id, kind, value from feedback`);
  expect([...rows]).toEqual([{ agent_id: "agent-1", kind: "verdict", value: "down" }]);
  const stranger = await socketOf(await talkOf());
  const given = { suggestionId, kind: "verdict", value: "up" };
  expect(await stranger.emitWithAck("feedback", given)).toMatchObject({ ok: false, code: "not_found" });
  for (const each of [socket, stranger]) each.disconnect();
});

test("the first screen's times are kept, and the trail tells those of the card", async () => {
  const talk = await talkOf();
  const { eventId, durable } = await aCard(talk);
  const line = await say(world(), talk, aLine("Why twice?"), { eventId });
  const card = await say(world(), talk, durable, { eventId });
  const socket = await socketOf(talk);
  const { conversationId } = talk.claims;
  const trail = async () => {
    const [row] = await inTenant<{ at: Record<string, number> }>(
      talk,
      sql`select trail->'at' as at from events where id = ${eventId}`,
    );
    return row?.at ?? {};
  };
  const paint = (seq: number, at: number) =>
    socket.emit("acknowledge", { conversationId, painted: [{ seq, receivedAt: at, paintedAt: at + 5 }] });

  paint(line.seq, Date.now());
  await vi.waitFor(async () => expect(await trail()).toHaveProperty("painted"));
  const ofLine = (await trail()).painted ?? 0;
  await new Promise((resolve) => setTimeout(resolve, 20));
  paint(card.seq, Date.now());
  await vi.waitFor(async () => expect((await trail()).painted).toBeGreaterThan(ofLine));
  const ofCard = await trail();
  expect(ofCard.received).toBe(1);

  // Another tab, and a clock that is an hour ahead: neither changes what is known.
  paint(card.seq, Date.now() + 3_600_000);
  const last = await say(world(), talk, aLine("thanks"), { eventId });
  paint(last.seq, Date.now() + 3_600_000);
  const times = () =>
    inTenant<{ late: boolean }>(
      talk,
      sql`select painted_at > clock_timestamp() as late from durable_messages where seq = ${last.seq} and painted_at is not null`,
    );
  await vi.waitFor(async () => expect([...(await times())]).toEqual([{ late: false }]));
  expect(await trail()).toEqual(ofCard);
  socket.disconnect();
});

test("appending twice at once under one key makes one message", async () => {
  const talk = await talkOf();
  const said = await Promise.all(
    Array.from({ length: 8 }, () => say(world(), talk, aLine("once"), { key: "once", publish: false })),
  );
  expect(new Set(said.map(({ seq, id }) => `${seq} ${id}`)).size).toBe(1);
});

test("presence counts the widgets of all nodes", async () => {
  const talk = await talkOf();
  const token = await world().tokens.mint(talk.claims);
  const sockets = world().nodes.map((node) => aSocket(addressOf(node), token));
  await Promise.all(sockets.map((each) => new Promise<void>((done) => each.once("connect", done))));
  const redis = redisOf();
  await vi.waitFor(async () => {
    await Promise.all(world().nodes.map((node) => node.beat()));
    expect(await readPresence(redis, Date.now())).toEqual({ widgets: 2, nodes: 2 });
  });
  expect(await readPresence(redis, Date.now() + 60_000)).toEqual({ widgets: 0, nodes: 0 });
  for (const each of sockets) each.disconnect();
  redis.disconnect();
});
