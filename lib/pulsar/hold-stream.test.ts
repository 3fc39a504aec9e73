import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { ALL_EVENTS, startTenant, type Tenant } from "#/sandbox/8x8/start-tenant.ts";
import { type ConsumerQuery, streamAddress } from "./address.ts";
import type { PulsarMessage } from "./frame.ts";
import { holdStream, type StreamState } from "./hold-stream.ts";
import { openWebSocketSession } from "./web-socket-session.ts";

const TOPIC = { tenant: "acme", namespace: "event-v1", name: "all" };

let vendor: Tenant;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  vendor = await startTenant();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await vendor.close();
});

type Given = {
  mode?: "reader" | "consumer";
  window?: number;
  apiKey?: string;
  take?: (messages: readonly PulsarMessage[]) => Promise<void>;
  start?: string;
  pingEveryMs?: number;
};

/** Holds the simulator's stream as a process would, with a store in memory and no patience. */
function held(given: Given = {}) {
  const { mode = "reader", window = 1_000, apiKey = vendor.apiKey, start = "latest" } = given;
  const stored: number[] = [];
  const states: StreamState[] = [];
  const stop = new AbortController();
  let position = start;
  let shortWaits = 0;

  const query = (): ConsumerQuery | { mode: "reader"; from: string; name: string; window: number } =>
    mode === "reader"
      ? { mode, from: position, name: "test", window }
      : { mode, subscription: "s1", type: "Failover", name: "test", window, redeliveryDelayMs: 10 };
  const options = {
    open: async (handlers: Parameters<typeof openWebSocketSession>[1]) =>
      openWebSocketSession(
        {
          address: {
            url: streamAddress(vendor.streamUrl, TOPIC, query()),
            headers: { "X-API-Key": apiKey },
            addresses: [{ address: "127.0.0.1", family: 4 }],
          },
          mode,
          wait: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }),
          pingEveryMs: given.pingEveryMs ?? 1_000,
          pongWithinMs: 50,
        },
        handlers,
      ),
    take: async (messages: readonly PulsarMessage[]) => {
      await given.take?.(messages);
      for (const { body } of messages) stored.push((body as { n: number }).n);
      position = messages.at(-1)?.id ?? position;
    },
    refusable: mode === "consumer",
    report: (state: StreamState) => void states.push(state),
    now: () => Date.now(),
    wait: async (ms: number, signal: AbortSignal) => {
      shortWaits += 1;
      await sleep(Math.min(ms, 5), undefined, { signal });
    },
  };
  const done = holdStream(options, stop.signal);
  const ended = done.then(
    () => "ended",
    (error: unknown) => error,
  );
  stops.push(async () => {
    stop.abort();
    await ended;
  });
  const live = () => vi.waitFor(() => expect(states.at(-1)?.state).toBe("live"), { timeout: 5_000 });
  return { stored, states, stop, ended, live, waits: () => shortWaits };
}

const publish = (from: number, to: number) => {
  for (let n = from; n < to; n += 1) vendor.broker.topic(ALL_EVENTS).append({ n });
};
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const unique = (all: readonly number[]) => [...new Set(all)].sort((one, other) => one - other);

test("a reader takes everything published, beyond its window, in order", async () => {
  const reader = held({ window: 10 });
  await reader.live();
  publish(0, 500);
  await vi.waitFor(() => expect(reader.stored).toEqual(numbers(500)));
});

test("a message is not acknowledged before it is stored: an unstored window stops the broker", async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let asked = 0;
  const reader = held({
    window: 5,
    take: async (messages) => {
      asked += messages.length;
      await gate;
    },
  });
  await reader.live();
  publish(0, 50);
  await vi.waitFor(() => expect(asked).toBeGreaterThan(0));
  await sleep(50);
  expect(asked).toBeLessThanOrEqual(5);
  expect(reader.stored).toEqual([]);
  open();
  await vi.waitFor(() => expect(reader.stored).toEqual(numbers(50)));
});

test("a reader that loses its socket goes on behind the last stored message", async () => {
  const reader = held();
  await reader.live();
  publish(0, 20);
  await vi.waitFor(() => expect(reader.stored).toHaveLength(20));
  vendor.broker.endSessions("cut");
  publish(20, 40);
  await vi.waitFor(() => expect(reader.stored).toEqual(numbers(40)));
  expect(reader.states.at(-1)).toMatchObject({ state: "live", reconnects: 1 });
  const asked = vendor.broker.upgrades.at(-1)?.query.messageId;
  expect(asked).toBe(vendor.broker.topic(ALL_EVENTS).log[19]?.messageId);
  expect(vendor.broker.upgrades.every(({ keyInAddress }) => !keyInAddress)).toBe(true);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 1001, 1011])(
  "a close with code %i is one end, and not the last",
  async (code) => {
    const reader = held();
    await reader.live();
    vendor.broker.endSessions(code);
    await vi.waitFor(() => expect(reader.states.at(-1)).toMatchObject({ state: "live", reconnects: 1 }));
    publish(0, 3);
    await vi.waitFor(() => expect(unique(reader.stored)).toEqual(numbers(3)));
  },
);

test.each([
  [401, "API key"],
  [403, "permission"],
  [404, "topic"],
  [400, "parameters"],
  [409, "subscription"],
  [429, "requests"],
  [500, "500"],
  [503, "503"],
  [504, "504"],
])("an upgrade refused with %i is told in words and tried again", async (status, word) => {
  vendor.broker.faults({ refuseUpgrades: { status, times: 2 } });
  const reader = held();
  await reader.live();
  const waited = reader.states.filter(({ state }) => state === "waiting");
  expect(waited).toHaveLength(2);
  expect(waited[0]?.detail).toContain(word);
});

test("a wrong key and a wrong tenant are refused by the broker itself", async () => {
  const reader = held({ apiKey: "eght_wrong" });
  await vi.waitFor(() => expect(reader.states.at(-1)?.state).toBe("waiting"));
  expect(vendor.broker.upgrades[0]).toMatchObject({ status: 401 });
  expect(JSON.stringify(reader.states)).not.toContain("eght_wrong");
});

test("what could not be stored is read again by a new session of a reader", async () => {
  let failures = 3;
  const reader = held({
    take: async () => {
      if (failures-- > 0) throw new AppError("upstream_unavailable", "Postgres is away.");
    },
    start: "earliest",
  });
  publish(0, 30);
  await vi.waitFor(() => expect(unique(reader.stored)).toEqual(numbers(30)));
  expect(failures).toBeLessThan(0);
});

test("a consumer refuses what could not be stored, and the broker brings it again", async () => {
  let failures = 2;
  const consumer = held({
    mode: "consumer",
    window: 20,
    take: async () => {
      if (failures-- > 0) throw new AppError("upstream_unavailable", "Postgres is away.");
    },
  });
  await consumer.live();
  publish(0, 100);
  await vi.waitFor(() => expect(unique(consumer.stored)).toEqual(numbers(100)), { timeout: 5_000 });
  expect(consumer.states.at(-1)?.reconnects).toBe(0);
});

test("a consumer that dies leaves what it had not acknowledged to the next one", async () => {
  let die = () => {};
  const dead = new Promise<void>((_, reject) => {
    die = () => reject(new AppError("conflict", "This process is dead."));
  });
  const consumer = held({ mode: "consumer", take: () => dead });
  await consumer.live();
  publish(0, 25);
  await sleep(30);
  vendor.broker.endSessions("cut");
  die();
  const next = held({ mode: "consumer" });
  await vi.waitFor(() => expect(unique(next.stored)).toEqual(numbers(25)), { timeout: 5_000 });
});

test("a lease that is lost ends the hold, and nothing is acknowledged", async () => {
  const reader = held({
    take: async () => {
      throw new AppError("conflict", "Another process holds this stream now.");
    },
  });
  await reader.live();
  publish(0, 1);
  expect(await reader.ended).toMatchObject({ code: "conflict" });
  await vi.waitFor(() => expect(vendor.broker.sessions()).toBe(0));
});

test("a broker that answers no pings is left for a new session", async () => {
  vendor.broker.faults({ deaf: true });
  const reader = held({ pingEveryMs: 20 });
  await reader.live();
  vendor.broker.calm();
  await vi.waitFor(() => expect(reader.states.at(-1)).toMatchObject({ state: "live", reconnects: 1 }));
  expect(reader.states.some(({ detail }) => detail?.includes("pings"))).toBe(true);
});

test("control frames and rubbish among the messages change nothing", async () => {
  vendor.broker.faults({ noise: true });
  const reader = held();
  await reader.live();
  publish(0, 10);
  await vi.waitFor(() => expect(reader.stored).toEqual(numbers(10)));
});

test("the end of the signal ends the session", async () => {
  const reader = held();
  await reader.live();
  reader.stop.abort();
  expect(await reader.ended).toBe("ended");
  await vi.waitFor(() => expect(vendor.broker.sessions()).toBe(0));
});
