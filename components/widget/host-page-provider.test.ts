import { expect, test, vi } from "vitest";
import { isAllowedOrigin } from "./frame-origin.ts";
import { hostPageProvider } from "./host-page-provider.ts";

/** A page in a frame, as far as the provider looks at one. */
function aFramedPage() {
  const parent = { postMessage: vi.fn() };
  const listeners = new Set<(event: unknown) => void>();
  const page = {
    parent,
    addEventListener: (_: string, listener: (event: unknown) => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: (event: unknown) => void) => listeners.delete(listener),
  } as unknown as Window;
  const say = (data: unknown, origin = "https://desk.acme.example", source: unknown = parent) => {
    for (const listener of listeners) listener({ data, origin, source });
  };
  return { page, parent, say, listeners };
}

const ALLOWED = ["https://desk.acme.example", "https://*.pure.example"];
const CONTEXT = { type: "omnibots.context", conversationId: "c1", agent: { id: "a1" }, channel: "chat" };
const MESSAGE = {
  type: "omnibots.message",
  message: { conversationId: "c1", messageId: "m1", from: "customer", text: "hello", queueId: "q1" },
};

function started() {
  const framed = aFramedPage();
  const provider = hostPageProvider(framed.page, ALLOWED);
  const heard = { onContext: vi.fn(), onMessage: vi.fn() };
  return { ...framed, provider, heard, stop: provider.start(heard) };
}

test("the embedding page's context and messages are heard", () => {
  const { say, heard } = started();
  say(CONTEXT);
  say(MESSAGE, "https://apps.pure.example");
  expect(heard.onContext).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ conversationId: "c1", agent: { id: "a1" }, channel: "chat" }),
  );
  expect(heard.onMessage).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ messageId: "m1", from: "customer", text: "hello", queueId: "q1" }),
  );
});

test("another origin, another window and nonsense are not heard", () => {
  const { say, heard } = started();
  say(CONTEXT, "https://evil.example");
  say(CONTEXT, "https://evilpure.example");
  say(CONTEXT, undefined, { postMessage: vi.fn() });
  for (const data of [null, 7, "text", {}, { type: "omnibots.context" }, { ...MESSAGE, message: null }])
    say(data);
  say({ ...MESSAGE, message: { ...MESSAGE.message, from: "robot" } });
  expect(heard.onContext).not.toHaveBeenCalled();
  expect(heard.onMessage).not.toHaveBeenCalled();
});

test("an answer's text goes to the page that was heard, and to nobody before", () => {
  const { provider, parent, say } = started();
  expect(parent.postMessage).toHaveBeenCalledExactlyOnceWith({ type: "omnibots.ready" }, "*");
  provider.insert?.("too early");
  expect(parent.postMessage).toHaveBeenCalledTimes(1);
  say(CONTEXT);
  provider.insert?.("It drops off.");
  provider.accepted("m1");
  expect(parent.postMessage.mock.calls.slice(1)).toEqual([
    [{ type: "omnibots.insert", text: "It drops off." }, "https://desk.acme.example"],
    [{ type: "omnibots.accepted", messageId: "m1" }, "https://desk.acme.example"],
  ]);
});

test("a stopped provider hears nothing, and a page of its own has nothing to insert into", () => {
  const { stop, listeners } = started();
  stop();
  expect(listeners.size).toBe(0);
  const alone = { postMessage: vi.fn() } as unknown as Window;
  Object.assign(alone, { parent: alone });
  expect(hostPageProvider(alone, ALLOWED).insert).toBeUndefined();
});

test("a rule with a star allows hosts below it, and nothing that only looks like one", () => {
  const allowed = ["https://*.acme.example"];
  expect(isAllowedOrigin("https://desk.acme.example", allowed)).toBe(true);
  for (const origin of [
    "http://desk.acme.example",
    "https://acme.example",
    "https://notacme.example",
    "null",
  ])
    expect(isAllowedOrigin(origin, allowed)).toBe(false);
});
