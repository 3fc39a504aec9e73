import { afterEach, expect, test } from "vitest";
import type { WidgetContext, WidgetMessage } from "../../widget-provider.ts";
import { FROM_PAGE, VERSION } from "./envelope.ts";
import type { ChannelPage, Posted } from "./page-channel.ts";
import { createSalesforceProvider } from "./salesforce-provider.ts";

const DESKTOP = "https://acme--c.vf.force.com";
const RECORD = "0Mw5g000000ABCDCA4";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A page around the widget, over a real channel; `post` is what any window can do to the widget's. */
function aDesktop() {
  const parent = {};
  const timers: (() => void)[] = [];
  const heard: { source: string; type: string; nonce: string; payload: Record<string, unknown> }[] = [];
  let hear: (event: Posted) => void = () => {};
  let nonces = 0;
  let called: { nonce: string; calls: number } = { nonce: "", calls: 0 };
  const page: ChannelPage = {
    listen: (listener) => {
      hear = listener;
      return () => {};
    },
    parent,
    callOut: (message) => {
      called = { nonce: (message as { nonce: string }).nonce, calls: called.calls + 1 };
    },
    nonce: () => `nonce-${++nonces}`,
    repeat: () => () => {},
    after: (run) => {
      timers.push(run);
      return () => {};
    },
  };
  const seen = {
    contexts: [] as WidgetContext[],
    messages: [] as WidgetMessage[],
    ended: [] as string[],
    states: [] as string[],
    unknown: 0,
  };
  const provider = createSalesforceProvider({ page, isAllowed: (origin) => origin === DESKTOP });
  closing.push(
    provider.start({
      onContext: (context) => seen.contexts.push(context),
      onMessage: (message) => seen.messages.push(message),
      onEnded: (id) => seen.ended.push(id),
      onState: ({ state }) => seen.states.push(state),
      onUnknown: () => {
        seen.unknown += 1;
      },
    }),
  );
  const { port1, port2 } = new MessageChannel();
  closing.push(() => port1.close());
  port1.onmessage = ({ data }) => heard.push(data);
  const welcome = (
    changes: { source?: unknown; origin?: string; nonce?: string; ports?: MessagePort[] } = {},
  ) =>
    hear({
      source: parent,
      origin: DESKTOP,
      ports: [port2],
      ...changes,
      data: {
        source: FROM_PAGE,
        version: VERSION,
        type: "welcome",
        nonce: changes.nonce ?? called.nonce,
        payload: { nonce: "page-nonce" },
      },
    });
  const say = (type: string, payload: object, nonce = called.nonce) =>
    port1.postMessage({ source: FROM_PAGE, version: VERSION, type, nonce, payload });
  const asks = () => heard.filter(({ type }) => type === "ask").map(({ payload }) => payload);
  const late = () => {
    for (const run of timers.splice(0)) run();
  };
  return { provider, seen, heard, welcome, say, asks, late, calls: () => called.calls };
}

const until = (holds: () => boolean) => expect.poll(holds).toBe(true);
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

test("the widget calls out without a secret, and speaks once the page has answered its nonce", async () => {
  const { welcome, heard, calls } = aDesktop();
  expect(calls()).toBe(1);
  welcome();
  await until(() => heard.length === 1);
  expect(heard[0]).toMatchObject({ source: "omnibots.widget", type: "ready", nonce: "page-nonce" });
});

test("only the page around us, from an allowed origin and with our nonce, is heard", async () => {
  const { welcome, heard } = aDesktop();
  welcome({ origin: "https://evil.example" });
  welcome({ origin: "null" });
  welcome({ source: {} });
  welcome({ nonce: "guessed" });
  welcome({ ports: [] });
  await settled();
  expect(heard).toEqual([]);
});

test("a second welcome cannot take the channel over", async () => {
  const { welcome, heard } = aDesktop();
  welcome();
  const other = new MessageChannel();
  closing.push(() => other.port1.close());
  const overheard: unknown[] = [];
  other.port1.onmessage = ({ data }) => overheard.push(data);
  welcome({ ports: [other.port2] });
  await until(() => heard.length === 1);
  await settled();
  expect(overheard).toEqual([]);
});

test("the token is asked for over the channel and comes with its end", async () => {
  const { provider, welcome, say, asks } = aDesktop();
  const opening = provider.openSession?.(RECORD);
  welcome();
  await until(() => asks().length === 1);
  expect(asks()[0]).toMatchObject({ what: "token", conversationId: RECORD });
  const value = {
    token: "jwt",
    expiresInSeconds: 300,
    realtimeUrl: "https://live.example",
    agent: { id: "005", name: "Ada" },
  };
  say("answer", { id: asks()[0]?.id, ok: true, value });
  expect(await opening).toEqual({
    conversationId: RECORD,
    token: "jwt",
    expiresInSeconds: 300,
    realtimeUrl: "https://live.example",
    agent: { id: "005", name: "Ada", claimed: false },
  });
});

test("a refused token says why and is not tried again; trouble is", async () => {
  const { provider, welcome, say, asks, late } = aDesktop();
  welcome();
  const refused = provider.openSession?.(RECORD);
  await until(() => asks().length === 1);
  say("answer", { id: asks()[0]?.id, ok: false, reason: "The permission set is missing.", retryable: false });
  await expect(refused).rejects.toMatchObject({
    message: "The permission set is missing.",
    retryable: false,
  });
  const unanswered = provider.openSession?.(RECORD);
  late();
  await expect(unanswered).rejects.toMatchObject({ retryable: true });
});

test("messages of both speakers come once, however often the page tells of them", async () => {
  const { welcome, say, seen } = aDesktop();
  welcome();
  const message = (messageId: string, from: string) =>
    say("message", {
      conversationId: RECORD,
      messageId,
      from,
      text: "Hello",
      at: "2026-03-02T10:00:00.000Z",
    });
  for (const _backfill of [1, 2, 3]) {
    message("c-1", "customer");
    message("a-1", "agent");
  }
  say("context", { conversationId: RECORD, queue: { id: "00G", name: "Delivery" }, agent: { id: "005" } });
  say("ended", { conversationId: RECORD, reason: "conversation ended" });
  await until(() => seen.ended.length === 1);
  expect(seen.messages.map(({ messageId, from }) => [messageId, from])).toEqual([
    ["c-1", "customer"],
    ["a-1", "agent"],
  ]);
  expect(seen.contexts).toEqual([
    { conversationId: RECORD, queue: { id: "00G", name: "Delivery" }, agent: { id: "005" }, channel: "chat" },
  ]);
});

test("what has another nonce or an unknown shape is counted and changes nothing", async () => {
  const { welcome, say, seen } = aDesktop();
  welcome();
  say("message", { conversationId: RECORD, messageId: "m", from: "customer", text: "Hi" }, "another");
  say("message", { conversationId: RECORD, messageId: "m", from: "bot", text: "Hi" });
  say("no such type", {});
  await until(() => seen.unknown === 3);
  expect(seen.messages).toEqual([]);
});

test("each answer to a write is told as what it is", async () => {
  const { provider, welcome, say, asks, late } = aDesktop();
  welcome();
  const signal = new AbortController().signal;
  const answered = async (run: () => Promise<unknown> | undefined, answer: object | undefined) => {
    const before = asks().length;
    const outcome = run();
    await until(() => asks().length === before + 1);
    if (answer) say("answer", { id: asks()[before]?.id, ...answer });
    else late();
    return outcome;
  };
  const send = () => provider.writeBack?.send?.(RECORD, "Hello", signal);
  const find = () => provider.writeBack?.find?.(RECORD, { text: "Hello", since: 1 }, signal);
  expect(await answered(send, { ok: true, value: true })).toEqual({ kind: "sent" });
  expect(await answered(send, { ok: false, reason: "No.", retryable: true })).toEqual({
    kind: "failed",
    reason: "No.",
    retryable: true,
  });
  expect(await answered(send, { ok: false, reason: "?", unknown: true })).toMatchObject({ kind: "unknown" });
  expect(await answered(send, undefined)).toMatchObject({ kind: "unknown" });
  expect(await answered(find, { ok: true, value: { found: true, platformId: "a-1" } })).toEqual({
    kind: "sent",
    platformId: "a-1",
  });
  expect(await answered(find, { ok: true, value: { found: false } })).toMatchObject({ kind: "unknown" });
});

test("a page without the component says so until it is there", async () => {
  const { welcome, say, seen } = aDesktop();
  welcome();
  say("component", { present: false });
  say("component", { present: true });
  await until(() => seen.states.length === 2);
  expect(seen.states).toEqual(["reconnecting", "ready"]);
});
