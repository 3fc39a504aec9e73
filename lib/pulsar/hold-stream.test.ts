import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { ALL_EVENTS, startTenant, type Tenant } from "#/sandbox/8x8/start-tenant.ts";
import { describeBroker } from "./testing/broker-contract.ts";
import { type HeldGiven, holdAStream, numbers, unique } from "./testing/hold-a-stream.ts";

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

type Given = HeldGiven & { apiKey?: string };

function held({ apiKey = vendor.apiKey, ...given }: Given = {}) {
  const one = holdAStream({ url: vendor.streamUrl, topic: TOPIC, headers: { "X-API-Key": apiKey } }, given);
  stops.push(one.end);
  return one;
}

describeBroker("the simulator", () => ({
  place: (name) => {
    vendor.broker.addTopic(`event-v1/${name}`);
    return { url: vendor.streamUrl, topic: { ...TOPIC, name }, headers: { "X-API-Key": vendor.apiKey } };
  },
  publish: ({ namespace, name }, from, to) => {
    for (let n = from; n < to; n += 1) vendor.broker.topic(`${namespace}/${name}`).append({ n });
  },
}));

const publish = (from: number, to: number) => {
  for (let n = from; n < to; n += 1) vendor.broker.topic(ALL_EVENTS).append({ n });
};
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
  await reader.end();
  expect(await reader.ended).toBe("ended");
  await vi.waitFor(() => expect(vendor.broker.sessions()).toBe(0));
});
