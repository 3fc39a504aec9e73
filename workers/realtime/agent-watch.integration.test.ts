import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createAgentDirectory } from "#/lib/directory/agent-directory.ts";
import { removeAgentLink, saveAgentLink } from "#/lib/directory/edit-links.ts";
import { noticingAgents } from "#/lib/directory/notice-agents.ts";
import { readDirectory } from "#/lib/directory/read-directory.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { type FollowMessage, lobbyOf } from "#/lib/realtime/agent-contract.ts";
import type { DurableBody } from "#/lib/realtime/contract.ts";
import { createPublisher } from "#/lib/realtime/publisher.ts";
import { addressOf, aSocket, type Talk } from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, talkOf, redisOf } = await testWorld();
const USER = "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0009";

const setUp = () => {
  const redis = redisOf();
  const directory = createAgentDirectory({ redis, db: world().db });
  const bare = createPublisher(redisOf());
  const publisher = noticingAgents(bare, directory, createLog("test", "error"));
  return { redis, directory, publisher };
};

/** A widget that knows its agent by these names and no conversation. */
async function aWatcher(talk: Talk, names: string[], node = 0, claims: Partial<Talk["claims"]> = {}) {
  const conversationId = lobbyOf(names[0] ?? "");
  const token = await world().tokens.mint({ ...talk.claims, conversationId, ...claims });
  const at = world().nodes[node];
  if (!at) throw new Error("no such node");
  const socket = aSocket(addressOf(at), token);
  const followed: FollowMessage[] = [];
  socket.on("follow", (message: FollowMessage) => void followed.push(message));
  const answer = await socket.emitWithAck("watch", { conversationId, names });
  return { socket, followed, answer };
}

const session = (talk: Talk, agentId: string, state: "active" | "ended" = "active") => {
  const body: DurableBody = {
    kind: "session",
    state,
    channel: "voice",
    agent: { id: agentId },
    queue: { id: "2101", name: "Billing" },
    startedAt: new Date().toISOString(),
  };
  const { platformConversationId } = talk.place;
  return { id: USER, conversationId: platformConversationId, seq: 1, body };
};

/** What the pipeline leaves in Postgres when an agent takes the conversation. */
const taken = (talk: Talk, agentId: string) =>
  withTenant(world().db, talk.place.tenantId, (tx) =>
    tx.update(conversations).set({ agentId, channel: "voice" }).where(sql`true`),
  );

test("a widget that knows its agent alone is told of the conversation, on whatever node it is", async () => {
  const talk = await talkOf();
  const { publisher } = setUp();
  const widgets = [await aWatcher(talk, ["agAlice"]), await aWatcher(talk, ["AGALICE"], 1)];
  publisher.durable(talk.place, session(talk, "agAlice"));
  for (const { followed } of widgets)
    await vi.waitFor(() =>
      expect(followed).toMatchObject([
        {
          conversationId: talk.place.platformConversationId,
          channel: "voice",
          queue: { name: "Billing" },
          ended: false,
        },
      ]),
    );
  publisher.durable(talk.place, session(talk, "agAlice", "ended"));
  for (const { followed } of widgets)
    await vi.waitFor(() => expect(followed.at(-1)).toMatchObject({ ended: true }));
  for (const { socket } of widgets) socket.disconnect();
});

test("a widget that comes later is told of what is on, also after Redis was wiped", async () => {
  const talk = await talkOf();
  const { redis, directory, publisher } = setUp();
  await taken(talk, "agBob");
  publisher.durable(talk.place, session(talk, "agBob"));
  for (const wiped of [false, true]) {
    if (wiped) await redis.flushdb();
    const { answer, socket } = await aWatcher(talk, ["nobody", "agbob"]);
    expect(answer).toMatchObject({
      ok: true,
      agentId: "agBob",
      conversations: [{ conversationId: talk.place.platformConversationId }],
    });
    socket.disconnect();
  }
  expect(await directory.resolve(talk.place, ["agBob"])).toBe("agBob");
});

test("of several names the first known one counts, and an admin's link makes an unknown one known", async () => {
  const talk = await talkOf();
  const { redis, directory, publisher } = setUp();
  const { tenantId, connectionId } = talk.place;
  const deps = { db: world().db, directory };
  await taken(talk, "agCarol");
  publisher.durable(talk.place, session(talk, "agCarol"));
  await vi.waitFor(async () => expect(await directory.conversations(talk.place)).toHaveLength(1));
  const { answer, followed, socket } = await aWatcher(talk, [USER, "carol@acme.test"]);
  expect(answer).toEqual({ ok: true, conversations: [] });
  const seen = () => readDirectory({ redis, db: world().db }, talk.place, Date.now());
  expect((await seen()).unknown).toEqual([{ names: [USER, "carol@acme.test"], widgets: 1 }]);

  const [user] = await withTenant(world().db, tenantId, (tx) =>
    tx.execute<{ id: string }>(sql`select gen_random_uuid() as id`),
  );
  const actor = { tenantId, userId: user?.id ?? "" };
  await saveAgentLink(deps, actor, { connectionId, name: "Carol@acme.test", agentId: "agCarol" });
  await world().nodes[0].beat();
  await vi.waitFor(() => expect(followed).toMatchObject([{ agentId: "agCarol" }]));
  expect(await seen()).toMatchObject({
    agents: [{ agentId: "agCarol", names: ["carol@acme.test"], widgets: 1 }],
    unknown: [],
  });
  await removeAgentLink(deps, actor, { connectionId, name: "carol@acme.test" });
  expect(await directory.resolve(talk.place, ["carol@acme.test"])).toBeUndefined();
  socket.disconnect();
});

test("an agent that a conversation is taken from is told that it is over for them", async () => {
  const talk = await talkOf();
  const { publisher } = setUp();
  const first = await aWatcher(talk, ["agDan"]);
  const second = await aWatcher(talk, ["agEve"]);
  publisher.durable(talk.place, session(talk, "agDan"));
  await vi.waitFor(() => expect(first.followed).toHaveLength(1));
  publisher.durable(talk.place, session(talk, "agEve"));
  await vi.waitFor(() => expect(first.followed.at(-1)).toMatchObject({ ended: true }));
  await vi.waitFor(() => expect(second.followed.at(-1)).toMatchObject({ ended: false }));
  for (const { socket } of [first, second]) socket.disconnect();
});

test("a confirmed agent watches nobody else, and a conversation's token watches nobody", async () => {
  const talk = await talkOf();
  const { publisher } = setUp();
  const { answer, followed, socket } = await aWatcher(talk, ["agFay"], 0, {
    agentId: "agGus",
    claimed: false,
  });
  expect(answer).toMatchObject({ ok: true });
  publisher.durable(talk.place, session(talk, "agFay"));
  publisher.durable(talk.place, session(talk, "agGus"));
  await vi.waitFor(() => expect(followed).toMatchObject([{ agentId: "agGus" }]));
  const inside = aSocket(addressOf(world().nodes[0]), await world().tokens.mint(talk.claims));
  const { conversationId } = talk.claims;
  expect(await inside.emitWithAck("watch", { conversationId, names: ["agFay"] })).toMatchObject({
    ok: false,
    code: "not_found",
  });
  for (const each of [socket, inside]) each.disconnect();
});

test("another connection's agent of the same name hears nothing", async () => {
  const [talk, foreign] = [await talkOf(), await talkOf()];
  const { publisher } = setUp();
  const { followed, socket } = await aWatcher(foreign, ["agHal"]);
  const own = await aWatcher(talk, ["agHal"]);
  publisher.durable(talk.place, session(talk, "agHal"));
  await vi.waitFor(() => expect(own.followed).toHaveLength(1));
  expect(followed).toEqual([]);
  for (const each of [socket, own.socket]) each.disconnect();
});
