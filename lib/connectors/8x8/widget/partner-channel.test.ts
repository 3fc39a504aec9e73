import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { openPartnerChannel } from "./partner-channel.ts";

const HOST = "https://vcc-na1.8x8.com";
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A frame whose parent is the workspace; `init` hands over a port as the workspace does. */
function aFrame(host: string | undefined = HOST) {
  const parent = { postMessage: vi.fn() };
  const listeners = new Set<(event: MessageEvent) => void>();
  const page = {
    parent,
    addEventListener: (_: string, listener: (event: MessageEvent) => void) => void listeners.add(listener),
    removeEventListener: (_: string, listener: (event: MessageEvent) => void) =>
      void listeners.delete(listener),
    setTimeout: () => 0,
    clearTimeout: () => {},
  };
  const channel = openPartnerChannel(page as unknown as Window, host);
  const heard: unknown[] = [];
  const init = (from: { source?: unknown; origin?: string } = {}) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => void heard.push(data);
    closing.push(() => port1.close());
    const event = {
      source: parent,
      origin: HOST,
      data: "init",
      ports: [port2],
      ...from,
    } as unknown as MessageEvent;
    for (const listener of listeners) listener(event);
    return port1;
  };
  closing.push(() => channel.close());
  return { channel, heard, init };
}

test("requests made before the channel opens are sent once it does, behind the greeting", async () => {
  const { channel, heard, init } = aFrame();
  channel.system.initialise({ appName: "a", appVersion: "1", vendor: "v", onMessage: () => {} });
  channel.activity.signal();
  init();
  await vi.waitFor(() => expect(heard).toHaveLength(4));
  expect(heard.slice(0, 2)).toMatchObject([
    { type: "sdk-message", message: { name: "setup-complete" } },
    { type: "sdk-message", message: { name: "capabilities", value: { thirdPartyCookiesEnabled: false } } },
  ]);
  expect(heard[3]).toEqual({ type: "request", message: { namespace: "activity", action: "signal" } });
});

test("answers and events come to the listener", async () => {
  const { channel, init } = aFrame();
  const onMessage = vi.fn();
  channel.system.initialise({ appName: "a", appVersion: "1", vendor: "v", onMessage });
  init().postMessage({ type: "event", message: { eventName: "x", value: 1 } });
  await vi.waitFor(() =>
    expect(onMessage).toHaveBeenCalledWith({ type: "event", message: { eventName: "x", value: 1 } }),
  );
});

test("a port from another window or another origin is not taken", async () => {
  const { channel, heard, init } = aFrame();
  channel.system.getContext();
  init({ origin: "https://evil.test" });
  init({ source: {} });
  await sleep(20);
  expect(heard).toEqual([]);
});
