import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type OpenDatabase, openDatabase } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { connectRedis } from "#/lib/redis/connect.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { type Cutter, startCutter } from "./testing/cutter.ts";
import {
  addressOf,
  aLine,
  aSocket,
  aTalk,
  aWidget,
  begin,
  say,
  sayUnpublished,
  startWorld,
  type TestWidget,
  type World,
} from "./testing/realtime-world.ts";

const urls = await testDatabase();
const redisUrl = await testRedisUrl();
const redisOf = () => connectRedis(redisUrl);
let world: World;
let owner: OpenDatabase;
const open: (TestWidget["link"] | Cutter)[] = [];

beforeAll(async () => {
  owner = openDatabase(urls.ownerUrl, { max: 2 });
  world = await startWorld(urls.appUrl, redisOf);
});
afterAll(async () => {
  for (const each of open) each.close();
  await world.close();
  await owner.close();
});

const talkOf = (existing?: boolean) => aTalk(world, owner.db, existing);
const widgetAt = async (talk: Awaited<ReturnType<typeof talkOf>>, url = addressOf(world.nodes[0])) => {
  const widget = await aWidget(world, talk, url);
  open.push(widget.link);
  return widget;
};
const live = (widget: TestWidget) => vi.waitFor(() => expect(widget.states.at(-1)).toBe("live"), 10_000);
const shows = (widget: TestWidget, texts: string[]) =>
  vi.waitFor(() => expect(widget.texts()).toEqual(texts), { timeout: 15_000 });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

test("widgets on two nodes and in several tabs see the same, whenever they came", async () => {
  const talk = await talkOf();
  await say(world, talk, aLine("before"), { publish: false });
  const widgets = [
    await widgetAt(talk),
    await widgetAt(talk),
    await widgetAt(talk, addressOf(world.nodes[1])),
  ];
  await Promise.all(widgets.map(live));
  await say(world, talk, aLine("after"));
  await Promise.all(widgets.map((widget) => shows(widget, ["before", "after"])));
});

test("a widget that joined before the conversation's first event sees it begin", async () => {
  const talk = await talkOf(false);
  const widget = await widgetAt(talk);
  await live(widget);
  talk.conversationId = await begin(world, talk.place);
  await say(world, talk, aLine("hello"));
  await shows(widget, ["hello"]);
});

test("a message that was never published comes with the next one that was", async () => {
  const talk = await talkOf();
  const widget = await widgetAt(talk);
  await live(widget);
  await say(world, talk, aLine("lost on the way"), { publish: false });
  await say(world, talk, aLine("heard"));
  await shows(widget, ["lost on the way", "heard"]);
});

test("more than a page is fetched page by page", async () => {
  const talk = await talkOf();
  await sayUnpublished(world, talk, numbered(1_203));
  await shows(await widgetAt(talk), numbered(1_203));
});

test("a wiped Redis costs nothing", async () => {
  const talk = await talkOf();
  const widget = await widgetAt(talk, addressOf(world.nodes[1]));
  await live(widget);
  const redis = redisOf();
  for (const [index, text] of numbered(60).entries()) {
    await say(world, talk, aLine(text));
    if (index === 30) await redis.flushdb();
  }
  await shows(widget, numbered(60));
});

test("100 cuts and moves between nodes lose nothing, double nothing and keep the order", async () => {
  const talk = await talkOf();
  const cutter = await startCutter(world.nodes.map(({ port }) => port));
  open.push(cutter);
  const widget = await widgetAt(talk, cutter.url);
  const forwarded: string[] = [];
  world.acceptWith(async ({ messageId }) => void forwarded.push(messageId));
  await live(widget);
  let cuts = 0;
  const cutting = setInterval(() => {
    if (cuts < 100) cuts += cutter.cut();
    else clearInterval(cutting);
  }, 40);
  for (const text of numbered(300)) {
    await say(world, talk, aLine(text));
    void widget.link.forward(text, { text });
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await vi.waitFor(() => expect(cuts).toBeGreaterThanOrEqual(100), { timeout: 40_000, interval: 100 });
  await shows(widget, numbered(300));
  // The door may hear one twice, when the answer was cut off: its id is the same, and the order is kept.
  await vi.waitFor(() => expect([...new Set(forwarded)]).toHaveLength(300), { timeout: 15_000 });
  expect([...new Set(forwarded)]).toEqual(
    numbered(300).map((text) => `message/${talk.place.platformConversationId}/${encodeURIComponent(text)}`),
  );
});

test("another tenant's conversation and one that nobody has are refused alike", async () => {
  const [mine, foreign] = [await talkOf(), await talkOf()];
  await say(world, foreign, aLine("a secret"), { publish: false });
  const socket = aSocket(addressOf(world.nodes[0]), await world.tokens.mint(mine.claims));
  const ask = (event: string, conversationId: string) =>
    socket.emitWithAck(event, {
      conversationId,
      after: 0,
      messageId: "m",
      payload: {},
      askId: randomUUID(),
      text: "what?",
    });
  for (const event of ["join", "sync", "forward", "ask"]) {
    const refusal = await ask(event, foreign.place.platformConversationId);
    expect(refusal).toEqual({ ok: false, code: "not_found", message: "There is no such conversation." });
    expect(await ask(event, "nobody's")).toEqual(refusal);
  }
  socket.disconnect();
});

test("a token of another tenant with the same conversation id sees nothing of this one", async () => {
  const [mine, foreign] = [await talkOf(), await talkOf()];
  await say(world, mine, aLine("mine"), { publish: false });
  const claims = { ...foreign.claims, conversationId: mine.claims.conversationId };
  const socket = aSocket(addressOf(world.nodes[0]), await world.tokens.mint(claims));
  const heard = vi.fn();
  socket.on("durable", heard);
  const answer = await socket.emitWithAck("join", { conversationId: claims.conversationId, after: 0 });
  expect(answer).toMatchObject({ ok: true, lastSeq: 0, messages: [] });
  const widget = await widgetAt(mine);
  await live(widget);
  await say(world, mine, aLine("more of mine"));
  await shows(widget, ["mine", "more of mine"]);
  expect(heard).not.toHaveBeenCalled();
  socket.disconnect();
});

test("no token, a foreign one and an expired one are refused in the same words", async () => {
  const talk = await talkOf();
  const secret = "the widget secret of these tests, long enough";
  const bad = [
    "",
    await createWidgetTokens("some other secret, just as long as it must be", Date.now).mint(talk.claims),
    await createWidgetTokens(secret, () => Date.now() - 600_000).mint(talk.claims),
  ];
  for (const token of bad) {
    const socket = aSocket(addressOf(world.nodes[0]), token);
    const message = await new Promise((resolve) =>
      socket.once("connect_error", (error) => resolve(error.message)),
    );
    expect(message).toBe("unauthenticated");
  }
});

test("a socket ends with its token, unless the token was renewed", async () => {
  const talk = await talkOf();
  const nearlyOver = createWidgetTokens(
    "the widget secret of these tests, long enough",
    () => Date.now() - 298_000,
  );
  const token = await nearlyOver.mint(talk.claims);
  const [lazy, renewing] = [1, 2].map(() => aSocket(addressOf(world.nodes[0]), token));
  if (!lazy || !renewing) throw new Error("unreachable");
  const goodbye = new Promise((resolve) => lazy.once("goodbye", resolve));
  await Promise.all([lazy, renewing].map((each) => new Promise<void>((done) => each.once("connect", done))));
  const foreign = await talkOf();
  expect(await renewing.emitWithAck("renew", await world.tokens.mint(foreign.claims))).toMatchObject({
    code: "unauthenticated",
  });
  expect(await renewing.emitWithAck("renew", await world.tokens.mint(talk.claims))).toEqual({ ok: true });
  expect(await goodbye).toBe("token_expired");
  await vi.waitFor(() => expect(lazy.connected).toBe(false));
  expect(renewing.connected).toBe(true);
  renewing.disconnect();
});

test("bad input gets a clear answer and leaves the socket alive", async () => {
  const talk = await talkOf();
  const socket = aSocket(addressOf(world.nodes[0]), await world.tokens.mint(talk.claims));
  const bad: [string, unknown][] = [
    ["join", null],
    ["join", { conversationId: talk.place.platformConversationId, after: -1 }],
    ["sync", "text"],
    ["forward", { conversationId: talk.place.platformConversationId, messageId: "", payload: 1 }],
    ["ask", { conversationId: talk.place.platformConversationId, askId: "no uuid", text: "a" }],
    ["feedback", { suggestionId: "x", kind: "liked", value: "" }],
    ["passage", {}],
    ["renew", { token: 1 }],
  ];
  for (const [event, input] of bad)
    expect(await socket.emitWithAck(event, input)).toMatchObject({ ok: false, code: "invalid_input" });
  socket.emit("acknowledge", { conversationId: 1 });
  socket.emit("no such event", {});
  const join = { conversationId: talk.place.platformConversationId, after: 0 };
  expect(await socket.emitWithAck("join", join)).toMatchObject({ ok: true });
  socket.disconnect();
});

test("a flood is refused, and the socket stays", async () => {
  const talk = await talkOf();
  const socket = aSocket(addressOf(world.nodes[0]), await world.tokens.mint(talk.claims));
  const asking = Array.from({ length: 20 }, () =>
    socket.emitWithAck("ask", {
      conversationId: talk.place.platformConversationId,
      askId: randomUUID(),
      text: "why?",
    }),
  );
  const codes = (await Promise.all(asking)).map((answer) => answer.code ?? "ok");
  expect(codes.filter((code) => code === "ok").length).toBeGreaterThanOrEqual(5);
  expect(codes.at(-1)).toBe("rate_limited");
  expect(socket.connected).toBe(true);
  socket.disconnect();
});

test("a door answers success only after the delivery is stored, and the widget sends until then", async () => {
  const talk = await talkOf();
  let refusals = 0;
  const stored: unknown[] = [];
  world.acceptWith(async (delivery) => {
    refusals += 1;
    if (refusals < 3) throw new AppError("upstream_unavailable", "The delivery could not be stored.");
    stored.push(delivery);
  });
  const widget = await widgetAt(talk);
  const answer = await widget.link.ask("Where is my parcel?");
  expect(answer).toEqual({ ok: true });
  expect(refusals).toBe(3);
  expect(stored).toMatchObject([
    {
      tenantId: talk.place.tenantId,
      connectionId: talk.place.connectionId,
      door: "widget",
      payload: { kind: "question", text: "Where is my parcel?", agent: { id: "agent-1", name: "Robin" } },
    },
  ]);
});
