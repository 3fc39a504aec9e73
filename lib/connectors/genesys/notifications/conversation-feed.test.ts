import { expect, test } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { aConversation, aWorld, QUEUES, said, USER } from "./testing/feed-world.ts";

test("one message that many events repeat costs one request and is told once", async () => {
  const { time, platform, heard } = aWorld();
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  platform.say(conversation, said(time.now(), { id: "one" }));
  await time.pass(5_000);
  expect(heard.messages).toMatchObject([
    { messageId: "one", from: "customer", queue: { id: "q-1", name: "Queue q-1" }, agent: { id: "u-1" } },
  ]);
  expect(platform.requests.filter((request) => request.endsWith("/messages/one"))).toHaveLength(1);
});

test("several messages at once are fetched together and told in their own order", async () => {
  const { time, platform, heard } = aWorld();
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  conversation.messages.push(said(1_000, { id: "b" }), said(500, { id: "a", from: "agent" }));
  platform.emit(conversation);
  await time.pass(5_000);
  expect(heard.messages.map(({ messageId, from }) => `${from} ${messageId}`)).toEqual([
    "agent a",
    "customer b",
  ]);
  expect(platform.requests.filter((request) => request.endsWith("/bulk"))).toHaveLength(1);
});

test("a message that is not there yet is asked for again, and nothing overtakes it", async () => {
  const { time, platform, heard } = aWorld();
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  platform.rates.early = 1;
  platform.say(conversation, said(1, { id: "first" }));
  await time.pass(100);
  platform.rates.early = 0;
  platform.say(conversation, said(2, { id: "second" }));
  await time.pass(200);
  expect(heard.messages).toEqual([]);
  await time.pass(5_000);
  expect(heard.messages.map(({ messageId }) => messageId)).toEqual(["first", "second"]);
});

test("typing, bots and pictures alone are passed over; a retired text field still counts", async () => {
  const { time, platform, heard, feed } = aWorld();
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  conversation.messages.push(
    said(1, { type: "Event" }),
    said(2, { from: "agent", bot: true }),
    said(3, { text: undefined }),
    said(4, { legacy: true, text: "Hello" }),
  );
  platform.emit(conversation);
  await time.pass(5_000);
  expect(heard.messages.map(({ text }) => text)).toEqual(["Hello"]);
  expect(feed.figures()).toMatchObject({ delivered: 1, skipped: 2 });
});

test("a transfer tells the new agent, the end for the old one, and keeps what an older event says in check", async () => {
  const { time, platform, heard, feed } = aWorld();
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  platform.emit(conversation);
  await time.pass(1_000);
  expect(feed.target("chat-1")).toEqual({
    mediaType: "message",
    participantId: "chat-1-p2",
    communicationId: "com-chat-1-p2",
  });
  const before = structuredClone(conversation);
  const [, agent] = conversation.participants;
  if (agent) agent.endedAt = time.now();
  conversation.participants.push({
    id: "p3",
    purpose: "agent",
    userId: "u-2",
    queueId: "q-2",
    connectedAt: time.now(),
  });
  platform.emit(conversation);
  platform.emit(before);
  await time.pass(1_000);
  expect(heard.contexts.at(-1)).toMatchObject({ agent: { id: "u-2" }, queue: { id: "q-2" } });
  expect(heard.ended).toEqual(["chat-1: transferred"]);
});

test("the customer's end comes after the last message, and a later one reopens the conversation", async () => {
  const { time, platform, heard } = aWorld(QUEUES);
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  conversation.messages.push(said(time.now(), { id: "last" }));
  for (const participant of conversation.participants) participant.endedAt = time.now();
  platform.emit(conversation);
  await time.pass(1_000);
  expect(heard.messages.map(({ messageId }) => messageId)).toEqual(["last"]);
  expect(heard.ended).toEqual(["chat-1: customer left"]);
  for (const participant of conversation.participants) delete participant.endedAt;
  platform.say(conversation, said(time.now(), { id: "again" }));
  await time.pass(1_000);
  expect(heard.contexts.at(-1)?.reopenedAt).toBeDefined();
  expect(heard.messages.at(-1)?.messageId).toBe("again");
});

test("a reopening that cannot be stored at once is the same one at each try", async () => {
  let storing = true;
  const offered: (string | undefined)[] = [];
  const { time, platform } = aWorld(QUEUES, {
    async onContext({ reopenedAt }) {
      if (reopenedAt) offered.push(reopenedAt);
      if (!storing) throw new AppError("upstream_unavailable", "Postgres is away.");
    },
  });
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  const turn = async (ended: boolean) => {
    for (const participant of conversation.participants)
      if (ended) participant.endedAt = time.now();
      else delete participant.endedAt;
    platform.say(conversation, said(time.now()));
    await time.pass(1_000);
  };
  await turn(false);
  await turn(true);
  storing = false;
  await turn(false);
  await time.pass(60_000);
  storing = true;
  await time.pass(60_000);
  expect(offered.length).toBeGreaterThan(2);
  expect(new Set(offered).size).toBe(1);
  // The next one is another.
  await turn(true);
  await turn(false);
  expect(new Set(offered).size).toBe(2);
});

test("events of unknown shape are counted, a few are sampled, and the feed goes on", async () => {
  const { time, platform, heard, feed } = aWorld();
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  const [socket] = platform.sockets();
  for (let count = 0; count < 10; count += 1)
    socket?.hear({ topicName: "v2.users.u-1.conversations", eventBody: { id: 42, participants: "many" } });
  socket?.hear({ hello: "world" });
  platform.say(conversation, said(time.now()));
  await time.pass(1_000);
  expect(feed.figures().unknown).toBe(11);
  expect(heard.unknown).toHaveLength(4);
  expect(heard.messages).toHaveLength(1);
});

test("a half-open socket is found out by a ping without an answer", async () => {
  const { time, platform, heard, feed } = aWorld();
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  const [socket] = platform.sockets();
  if (socket) socket.mute = true;
  platform.say(conversation, said(time.now()));
  await time.pass(50_000);
  expect(heard.messages).toEqual([]);
  await time.pass(40_000);
  expect(heard.messages).toHaveLength(1);
  expect(feed.figures()).toMatchObject({ sockets: 2, channels: 1 });
});

test("a closing socket comes back to the same channel", async () => {
  const { time, platform, feed } = aWorld();
  await time.pass(60_000);
  platform.sockets()[0]?.hear({ topicName: "v2.system.socket_closing", eventBody: {} });
  await time.pass(1_000);
  expect(feed.figures()).toMatchObject({ channels: 1, sockets: 2 });
  expect(platform.sockets()).toHaveLength(1);
});

test("refused topics say which permission is missing, and are tried again", async () => {
  const { time, platform, heard } = aWorld(QUEUES);
  platform.refused.permissions = ["analytics:conversationDetail:view"];
  await time.pass(5_000);
  expect(heard.states.at(-1)).toMatchObject({
    state: "failed",
    detail: expect.stringContaining("the permission analytics:conversationDetail:view is missing"),
  });
  platform.refused.permissions = [];
  await time.pass(60_000);
  expect(heard.states.at(-1)).toMatchObject({ state: "ready" });
});

test("a token that is no longer taken asks for a sign-in, and a new one is used at once", async () => {
  const { time, platform, heard, feed } = aWorld();
  const refusal = () => new AppError("upstream_rejected", "Expired.", { context: { status: "401" } });
  platform.failures.push(
    refusal(),
    refusal(),
    refusal(),
    refusal(),
    refusal(),
    refusal(),
    refusal(),
    refusal(),
  );
  await time.pass(20_000);
  expect(heard.states.at(-1)).toEqual({ state: "signed-out", problem: "Expired." });
  platform.failures.length = 0;
  feed.renew();
  await time.pass(500);
  expect(heard.states.at(-1)).toEqual({ state: "ready" });
});

test("what cannot be stored is kept and handed on later, in order", async () => {
  let storing = false;
  const taken: string[] = [];
  const { time, platform } = aWorld(USER, {
    async onMessage({ messageId }) {
      if (!storing) throw new AppError("upstream_unavailable", "Postgres is away.");
      taken.push(messageId);
    },
  });
  await time.pass(1_000);
  const conversation = aConversation(platform, time.now());
  platform.say(conversation, said(1, { id: "first" }));
  platform.say(conversation, said(2, { id: "second" }));
  await time.pass(60_000);
  storing = true;
  await time.pass(60_000);
  expect(taken).toEqual(["first", "second"]);
});

test("a catch-up that is refused half-way goes on where it was", async () => {
  const { time, platform, heard, feed } = aWorld();
  for (let count = 0; count < 12; count += 1) aConversation(platform, time.now(), `chat-${count}`);
  await time.pass(60);
  const fetches = () => platform.requests.filter((request) => /conversations\/chat-/.test(request));
  while (fetches().length < 8) await time.pass(5);
  platform.failures.push(new AppError("rate_limited", "Too many requests."));
  await time.pass(10_000);
  expect(feed.figures().catchUps).toBe(1);
  expect(new Set(fetches()).size).toBe(12);
  expect(fetches().length).toBeLessThan(18);
  expect(heard.states.at(-1)).toMatchObject({ state: "ready" });
});

test("a conversation is looked up before any event tells of it", async () => {
  const { time, platform, feed } = aWorld();
  await time.pass(1_000);
  aConversation(platform, time.now(), "chat-9");
  const looked = feed.look("chat-9");
  await time.pass(1_000);
  await looked;
  expect(feed.target("chat-9")?.communicationId).toBe("com-chat-9-p2");
});
