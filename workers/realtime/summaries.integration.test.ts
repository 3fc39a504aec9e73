import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { SummaryFieldName } from "#/lib/events/summary.ts";
import { createLog } from "#/lib/kernel/log.ts";
import type { DurableBody } from "#/lib/realtime/contract.ts";
import { draftSummary } from "#/lib/summary/draft-summary.ts";
import { editSummary } from "#/lib/summary/edit-summary.ts";
import { wantEndedSummary, wantSummary } from "#/lib/summary/want-summary.ts";
import { addressOf, aWidget, type Talk } from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, talkOf, socketOf } = await testWorld();

type Summary = Extract<DurableBody, { kind: "summary" }>;
const placeOf = (talk: Talk) => ({ tenantId: talk.place.tenantId, conversationId: talk.conversationId });
const noModel = () => {
  throw new Error("this tenant has no model");
};
const deps = (more: object = {}) => ({
  db: world().db,
  publisher: world().publisher,
  openModel: noModel,
  log: createLog("test", "silent"),
  ...more,
});

let minute = 0;
async function said(talk: Talk, speaker: "customer" | "agent", text: string): Promise<string> {
  const id = randomUUID();
  const { tenantId, connectionId } = talk.place;
  minute += 1;
  const at = new Date(1_000_000_000_000 + minute * 60_000).toISOString();
  const data = JSON.stringify({ speaker, text, channel: "voice" });
  const trail = JSON.stringify({ at: {}, attempts: [], notes: [] });
  await withTenant(world().db, tenantId, (tx) =>
    tx.execute(
      sql`insert into events (id, tenant_id, connection_id, conversation_id, delivery_id, type, occurred_at, data, trail)
        values (${id}, ${tenantId}, ${connectionId}, ${talk.conversationId}, ${id}, 'utterance', ${at}, ${data}::jsonb, ${trail}::jsonb)`,
    ),
  );
  return id;
}

async function aTalkAbout(): Promise<Talk> {
  const talk = await talkOf();
  await said(talk, "customer", "I was charged twice for my October bill.");
  await said(talk, "agent", "I have refunded the second charge.");
  return talk;
}

async function summaryOf(talk: Talk): Promise<Summary | undefined> {
  const rows = await withTenant(world().db, talk.place.tenantId, (tx) =>
    tx.execute<{ body: Summary }>(
      sql`select body from durable_messages where conversation_id = ${talk.conversationId} and body->>'kind' = 'summary' order by seq desc limit 1`,
    ),
  );
  return rows[0]?.body;
}

const textOf = async (talk: Talk, field: SummaryFieldName) => (await summaryOf(talk))?.fields[field].text;

test("a widget asks, a draft is made, and every tab has it with the turns that it rests on", async () => {
  const talk = await aTalkAbout();
  const widget = await aWidget(world(), talk, addressOf(world().nodes[1]));
  await vi.waitFor(() => expect(widget.states.at(-1)).toBe("live"));
  const socket = await socketOf(talk);
  const { platformConversationId: conversationId } = talk.place;
  expect(await socket.emitWithAck("summarize", { conversationId })).toEqual({ ok: true });
  await draftSummary(deps(), placeOf(talk));
  const shown = () =>
    [...widget.store.state().messages.values()].find(({ body }) => body.kind === "summary")?.body;
  await vi.waitFor(() =>
    expect(shown()).toMatchObject({
      state: "ready",
      model: "extractive",
      fields: {
        reason: { text: "Customer: “I was charged twice for my October bill.”", locked: false },
        actions: { sentences: [{ evidence: [expect.any(String)] }] },
      },
    }),
  );
  socket.disconnect();
  widget.link.close();
});

test("nothing new is not drafted again, and a new word is", async () => {
  const talk = await aTalkAbout();
  expect(await wantSummary(world().db, talk.place)).toBeDefined();
  await draftSummary(deps(), placeOf(talk));
  expect(await wantSummary(world().db, talk.place)).toBeUndefined();
  await said(talk, "customer", "And what about my November bill?");
  expect(await wantSummary(world().db, talk.place)).toBeDefined();
  await draftSummary(deps(), placeOf(talk));
  expect(await textOf(talk, "outcome")).toBe("Open question: “And what about my November bill?”");
});

test("a field that is edited while a draft is under way stays as the agent wrote it", async () => {
  const talk = await aTalkAbout();
  await said(talk, "agent", "I will call you back tomorrow.");
  const place = placeOf(talk);
  // The lock decides, whichever comes first; neither is lost.
  await Promise.all([
    draftSummary(deps(), place),
    editSummary(world().db, talk.place, { field: "actions", text: "Refunded, in my words." }),
  ]);
  await said(talk, "customer", "My address has changed, too.");
  await draftSummary(deps(), place);
  const { fields } = (await summaryOf(talk)) ?? {};
  expect(fields?.actions).toEqual({ text: "Refunded, in my words.", locked: true, sentences: [] });
  expect(fields?.reason.text).toContain("My address has changed");
  expect(fields?.outcome.text).toContain("tomorrow");
});

test("no interleaving of edits and drafts changes a locked field", async () => {
  const talk = await aTalkAbout();
  const place = placeOf(talk);
  const edits = Array.from({ length: 6 }, (_, at) => async () => {
    await said(talk, "customer", `I need item ${at} as well.`);
    await Promise.all([
      draftSummary(deps(), place),
      editSummary(world().db, talk.place, { field: "reason", text: `Mine, ${at}` }),
      draftSummary(deps(), place),
    ]);
    expect((await summaryOf(talk))?.fields.reason).toMatchObject({ text: `Mine, ${at}`, locked: true });
  });
  for (const edit of edits) await edit();
});

test("a field that is given back is drafted again", async () => {
  const talk = await aTalkAbout();
  await draftSummary(deps(), placeOf(talk));
  await editSummary(world().db, talk.place, { field: "reason", text: "Mine." });
  const { wanted } = await editSummary(world().db, talk.place, { field: "reason" });
  expect(wanted).toEqual(placeOf(talk));
  await draftSummary(deps(), placeOf(talk));
  expect(await textOf(talk, "reason")).toContain("charged twice");
});

test("too little to sum up is said, not kept silent", async () => {
  const talk = await talkOf();
  await said(talk, "customer", "Hello?");
  await draftSummary(deps(), placeOf(talk));
  expect(await summaryOf(talk)).toMatchObject({ reason: "Too little has been said to sum it up." });
});

test("a conversation that runs is not summed up by itself, one that has ended is", async () => {
  const talk = await aTalkAbout();
  expect(await wantEndedSummary(world().db, placeOf(talk))).toBeUndefined();
  await withTenant(world().db, talk.place.tenantId, (tx) =>
    tx.execute(sql`update conversations set ended_at = now() where id = ${talk.conversationId}`),
  );
  expect(await wantEndedSummary(world().db, placeOf(talk))).toEqual(placeOf(talk));
});

test("a wanted draft that nobody made is found once its hold is over, by its ids alone", async () => {
  const talk = await aTalkAbout();
  await wantSummary(world().db, talk.place);
  const due = (holdSeconds: number) =>
    world().db.execute(sql`select * from across.due_summaries(100, ${holdSeconds})`);
  expect(await due(60)).toEqual([]);
  const found = await due(0);
  expect(found).toContainEqual({ tenant_id: talk.place.tenantId, conversation_id: talk.conversationId });
  await draftSummary(deps(), placeOf(talk));
  expect(await due(0)).not.toContainEqual(expect.objectContaining({ conversation_id: talk.conversationId }));
});

test("another tenant's conversation has no summary for a stranger", async () => {
  const [talk, stranger] = [await aTalkAbout(), await talkOf()];
  const socket = await socketOf(stranger);
  const { platformConversationId: conversationId } = talk.place;
  expect(await socket.emitWithAck("summarize", { conversationId })).toMatchObject({ code: "not_found" });
  const edit = { conversationId, field: "actions", text: "Mine now." };
  expect(await socket.emitWithAck("edit-summary", edit)).toMatchObject({ code: "not_found" });
  socket.disconnect();
});
