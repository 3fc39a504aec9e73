import { afterAll, expect, test, vi } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { readLatest, readOlder } from "#/lib/realtime/read-latest.ts";
import { type Cutter, startCutter } from "./testing/cutter.ts";
import {
  addressOf,
  aLine,
  aWidget,
  begin,
  say,
  sayUnpublished,
  type TestWidget,
} from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, redisOf, talkOf } = await testWorld();
const open: (TestWidget["link"] | Cutter)[] = [];
afterAll(() => {
  for (const each of open) each.close();
});

const widgetAt = async (talk: Awaited<ReturnType<typeof talkOf>>, url = addressOf(world().nodes[0])) => {
  const widget = await aWidget(world(), talk, url);
  open.push(widget.link);
  return widget;
};
const live = (widget: TestWidget) => vi.waitFor(() => expect(widget.states.at(-1)).toBe("live"), 10_000);
const shows = (widget: TestWidget, texts: string[]) =>
  vi.waitFor(() => expect(widget.texts()).toEqual(texts), { timeout: 15_000 });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

test("widgets on two nodes and in several tabs see the same, whenever they came", async () => {
  const talk = await talkOf();
  await say(world(), talk, aLine("before"), { publish: false });
  const widgets = [
    await widgetAt(talk),
    await widgetAt(talk),
    await widgetAt(talk, addressOf(world().nodes[1])),
  ];
  await Promise.all(widgets.map(live));
  await say(world(), talk, aLine("after"));
  await Promise.all(widgets.map((widget) => shows(widget, ["before", "after"])));
});

test("a widget that joined before the conversation's first event sees it begin", async () => {
  const talk = await talkOf(false);
  const widget = await widgetAt(talk);
  await live(widget);
  talk.conversationId = await begin(world(), talk.place);
  await say(world(), talk, aLine("hello"));
  await shows(widget, ["hello"]);
});

test("a message that was never published comes with the next one that was", async () => {
  const talk = await talkOf();
  const widget = await widgetAt(talk);
  await live(widget);
  await say(world(), talk, aLine("lost on the way"), { publish: false });
  await say(world(), talk, aLine("heard"));
  await shows(widget, ["lost on the way", "heard"]);
});

test("a long conversation opens with its newest lines, and the earlier ones come page by page", async () => {
  const talk = await talkOf();
  await sayUnpublished(world(), talk, numbered(1_203));
  const widget = await widgetAt(talk);
  await shows(widget, numbered(1_203).slice(-200));
  expect(await widget.link.older()).toBe(true);
  expect(widget.texts()).toEqual(numbered(1_203).slice(-400));
  while (widget.store.state().olderBefore !== undefined) await widget.link.older();
  expect(widget.texts()).toEqual(numbered(1_203));
  await say(world(), talk, aLine("and on"));
  await shows(widget, [...numbered(1_203), "and on"]);
});

test("what a conversation's state is made of comes with its newest lines, however old it is", async () => {
  const talk = await talkOf();
  await say(world(), talk, { kind: "session", state: "active", startedAt: "2026-11-22T09:00:00.000Z" });
  for (const text of numbered(3)) await say(world(), talk, aLine(text), { publish: false });
  const { messages, olderBefore, lastSeq } = await readLatest(world().db, talk.place, 2);
  expect(messages.map(({ body }) => body.kind)).toEqual(["session", "transcript", "transcript"]);
  expect([olderBefore, lastSeq]).toEqual([3, 4]);
  expect(await readOlder(world().db, talk.place, { before: 3, most: 2 })).toMatchObject({
    messages: [{ seq: 2 }],
    olderBefore: undefined,
  });
});

test("a wiped Redis costs nothing", async () => {
  const talk = await talkOf();
  const widget = await widgetAt(talk, addressOf(world().nodes[1]));
  await live(widget);
  const redis = redisOf();
  for (const [index, text] of numbered(60).entries()) {
    await say(world(), talk, aLine(text));
    if (index === 30) await redis.flushdb();
  }
  await shows(widget, numbered(60));
});

test("100 cuts and moves between nodes lose nothing, double nothing and keep the order", async () => {
  const talk = await talkOf();
  const cutter = await startCutter(world().nodes.map(({ port }) => port));
  open.push(cutter);
  const widget = await widgetAt(talk, cutter.url);
  const forwarded: string[] = [];
  world().acceptWith(async ({ messageId }) => void forwarded.push(messageId));
  await live(widget);
  let cuts = 0;
  const cutting = setInterval(() => {
    if (cuts < 100) cuts += cutter.cut();
    else clearInterval(cutting);
  }, 40);
  for (const text of numbered(300)) {
    await say(world(), talk, aLine(text));
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

test("a door answers success only after the delivery is stored, and the widget sends until then", async () => {
  const talk = await talkOf();
  let refusals = 0;
  const stored: unknown[] = [];
  world().acceptWith(async (delivery) => {
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

test("a node that drains stores what it was given and sends its widgets elsewhere", async () => {
  const talk = await talkOf();
  const leaving = await world().startNode();
  const cutter = await startCutter([leaving.port, world().nodes[1].port]);
  open.push(cutter);
  const widget = await widgetAt(talk, cutter.url);
  await live(widget);
  let stored = 0;
  world().acceptWith(async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    stored += 1;
  });
  const asked = widget.link.ask("Is this kept?");
  await leaving.drain();
  expect(await asked).toEqual({ ok: true });
  expect(stored).toBe(1);
  await live(widget);
  await say(world(), talk, aLine("from the other node"));
  await shows(widget, ["from the other node"]);
});
