import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ALL_EVENTS, startTenant, type Tenant, TRANSCRIPTS } from "#/sandbox/8x8/start-tenant.ts";
import type { CheckStep, StreamPosition, SubscriptionState } from "../connector.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { check } from "./connection.ts";
import { credentials } from "./credentials.ts";
import { hold } from "./subscription.ts";

const LONG_MS = 9_000;

let vendor: Tenant;
/** How far the broker's clock is behind. */
let ago = 0;
const stops: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  vendor = await startTenant({ forbidden: ["secret-v1/all"], now: () => Date.now() - ago });
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await vendor.close();
});

const access = (): PlatformAccess => ({
  connectionId: "c",
  fetch,
  addressesOf: async () => [{ address: "127.0.0.1", family: 4 }],
  now: () => Date.now(),
  // Pauses are cut short; how long an opening may take is not, since a busy machine is no silent host.
  wait: (ms, signal) => sleep(ms < LONG_MS ? Math.min(ms, 50) : ms, undefined, { signal }),
  quota: () => {},
  sandboxes: { "8x8": vendor.url },
});
const ownOf = (change: Record<string, unknown> = {}) =>
  credentials.parse({ apiKey: vendor.apiKey, tenantId: vendor.tenant, site: "sandbox", ...change });

type Kept = { messageId: string | undefined; openedAt: number };

/** What a process does with the stream; several of them share one kept place, as Postgres would keep it. */
function aHolder(kept: Map<string, Kept>, change: Record<string, unknown> = {}) {
  const stored: { messageId: string; payload: unknown }[] = [];
  const states: SubscriptionState[] = [];
  const stop = new AbortController();
  const streams = {
    read: async (stream: string): Promise<StreamPosition> => {
      const known = kept.get(stream);
      if (known) return { ...known, fresh: false };
      const made = { messageId: undefined, openedAt: Date.now() };
      kept.set(stream, made);
      return { ...made, fresh: true };
    },
    store: async (
      stream: string,
      deliveries: readonly { messageId: string; payload: unknown }[],
      { messageId }: { messageId: string },
    ) => {
      stored.push(...deliveries);
      kept.set(stream, { messageId, openedAt: kept.get(stream)?.openedAt ?? 0 });
    },
  };
  const context = {
    access: access(),
    streams,
    deliver: async () => {},
    report: (state: SubscriptionState) => void states.push(state),
  };
  const done = hold(ownOf(change), context, stop.signal).catch(() => {});
  const end = () => {
    stop.abort();
    return done;
  };
  stops.push(end);
  const live = () => vi.waitFor(() => expect(states.at(-1)?.state).toBe("live"), { timeout: 5_000 });
  return { stored, states, end, live };
}

test("an interaction's events are handed over under its own id", async () => {
  const holder = aHolder(new Map());
  await holder.live();
  const interaction = vendor.interactions.begin();
  interaction.accept();
  await vi.waitFor(() => expect(holder.stored).toHaveLength(4));
  expect(holder.stored[0]?.payload).toMatchObject({
    kind: "stream",
    topic: ALL_EVENTS,
    conversationId: interaction.id,
  });
  expect(holder.states.at(-1)).toMatchObject({ state: "live", lagMs: expect.any(Number) });
});

test("what came between the first opening and the first message is read, and what is older is not", async () => {
  ago = 600_000;
  vendor.broker.topic(ALL_EVENTS).append({ eventType: "AgentStatusChange", old: true });
  ago = 0;
  const kept = new Map<string, Kept>();
  const first = aHolder(kept);
  await first.live();
  await first.end();
  vendor.interactions.agentStatus("ag1", 2);
  const second = aHolder(kept);
  await vi.waitFor(() => expect(second.stored).toHaveLength(1));
  expect(JSON.stringify(second.stored)).not.toContain("old");
});

test("a transcript topic becomes utterances, and what cannot be mapped keeps its reason", async () => {
  const holder = aHolder(new Map(), { transcriptTopic: TRANSCRIPTS });
  await holder.live();
  await vi.waitFor(() => expect(vendor.broker.sessions()).toBe(2));
  const topic = vendor.broker.topic(TRANSCRIPTS);
  topic.append({ interactionGUID: "int-1", utteranceId: "u1", speaker: "agent", text: "Hello." });
  topic.append({
    interactionGUID: "int-1",
    utteranceId: "u2",
    speaker: "agent",
    text: "Hel",
    isFinal: false,
  });
  topic.append({ text: "Whose?" });
  await vi.waitFor(() => expect(holder.stored).toHaveLength(2));
  expect(holder.stored.map(({ payload }) => payload)).toMatchObject([
    { kind: "utterance", conversationId: "int-1", speaker: "agent", text: "Hello." },
    { kind: "stream", problem: expect.stringContaining("interactionGUID") },
  ]);
});

async function stepsOf(change: Record<string, unknown> = {}, lastEventAt?: Date): Promise<CheckStep[]> {
  const context = {
    access: access(),
    learn: async () => {},
    audiohookUrl: "",
    publicId: "",
    lastEventAt,
    now: () => Date.now(),
  };
  const steps: CheckStep[] = [];
  for await (const step of check(ownOf(change), context, new AbortController().signal)) steps.push(step);
  return steps;
}

test("the test opens a reader at the newest message and then waits for a real interaction", async () => {
  const steps = await stepsOf();
  expect(steps.map(({ name, outcome }) => `${name}: ${outcome}`)).toEqual([
    "Event stream event-v1/all: passed",
    "Transcript stream: not-used",
    "First real event: waiting",
  ]);
  expect(vendor.broker.upgrades).toMatchObject([{ query: { messageId: "latest" }, keyInAddress: false }]);
  await vi.waitFor(() => expect(vendor.broker.sessions()).toBe(0));
  expect((await stepsOf({}, new Date())).at(-1)).toMatchObject({ outcome: "passed" });
});

test("a site that connects and stays silent is called out", async () => {
  vendor.broker.faults({ silent: true });
  expect((await stepsOf()).at(-1)).toMatchObject({
    outcome: "waiting",
    detail: expect.stringContaining("silent"),
  });
});

test.each([
  [{ apiKey: "eght_wrong" }, "API key"],
  [{ tenantId: "other" }, "API key"],
  [{ topics: "secret-v1/all" }, "permission"],
  [{ topics: "event-v1/nothing" }, "no such topic"],
])("with %j the test says what is wrong and what to do", async (change, words) => {
  const steps = await stepsOf(change);
  expect(steps[0]).toMatchObject({ outcome: "failed", reason: expect.stringContaining(words) });
  expect(steps.at(-1)).toMatchObject({ outcome: "not-tried" });
  expect(JSON.stringify(steps)).not.toContain("eght_");
});

test("Pulsar's own protocol is refused in words where its package is not installed", async () => {
  const [step] = await stepsOf({ transport: "native", brokerUrl: "pulsar://broker:6650" });
  expect(step).toMatchObject({
    outcome: "failed",
    reason: expect.stringContaining("pulsar-client is not installed"),
  });
});
