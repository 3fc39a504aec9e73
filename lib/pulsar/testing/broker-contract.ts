import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Topic } from "../address.ts";
import { type HeldGiven, holdAStream, numbers, type StreamPlace, unique } from "./hold-a-stream.ts";

/** A broker that the subscriber must get on with: the simulator, or Apache Pulsar itself. */
export type BrokerUnderTest = {
  /** A topic that nobody else uses. */
  place(name: string): Promise<StreamPlace> | StreamPlace;
  /** Resolves once `{ n }` for each number is in the topic. */
  publish(topic: Topic, from: number, to: number): Promise<void> | void;
};

const WAIT = { timeout: 15_000, interval: 20 };

type OpenTopic = (namespace?: string) => Promise<{
  hold(given?: HeldGiven): ReturnType<typeof holdAStream>;
  publish(from: number, to: number): Promise<void>;
}>;

/** What the subscriber promises with any broker of Pulsar's WebSocket API (contract sections 3 and 7). */
export function describeBroker(title: string, broker: () => BrokerUnderTest, skipped = false): void {
  describe.skipIf(skipped)(title, () => {
    const stops: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop();
    });
    const aTopic: OpenTopic = async (namespace) => {
      const { topic, ...at } = await broker().place(`t-${randomUUID()}`);
      const place = { ...at, topic: { ...topic, ...(namespace && { namespace }) } };
      const hold = (given: HeldGiven = {}) => {
        const held = holdAStream(place, given);
        stops.push(held.end);
        return held;
      };
      return { hold, publish: async (from, to) => broker().publish(place.topic, from, to) };
    };
    readsInOrder(aTopic);
    storesBeforeItAnswers(aTopic);
    sharesASubscription(aTopic);
    tellsRefusals(aTopic);
  });
}

function readsInOrder(aTopic: OpenTopic): void {
  test("a reader takes everything published, beyond its window, in order", async () => {
    const { hold, publish } = await aTopic();
    const reader = hold({ window: 10 });
    await reader.live();
    await publish(0, 300);
    await vi.waitFor(() => expect(reader.stored).toEqual(numbers(300)), WAIT);
  });

  test("a later message stands behind an earlier one by its id alone", async () => {
    const { hold, publish } = await aTopic();
    const reader = hold();
    await reader.live();
    await publish(0, 50);
    await vi.waitFor(() => expect(reader.stored).toHaveLength(50), WAIT);
    const places = reader.orders.map((order) => order ?? []);
    expect(places.every((place) => place.length === 3)).toBe(true);
    expect(places.toSorted(compare)).toEqual(places);
  });

  test("a reader whose socket is lost goes on behind the last stored message, without a repeat", async () => {
    const { hold, publish } = await aTopic();
    const reader = hold();
    await reader.live();
    await publish(0, 20);
    await vi.waitFor(() => expect(reader.stored).toHaveLength(20), WAIT);
    reader.cut();
    await publish(20, 40);
    await vi.waitFor(() => expect(reader.stored).toEqual(numbers(40)), WAIT);
    expect(reader.states.at(-1)).toMatchObject({ state: "live", reconnects: 1 });
  });
}

function storesBeforeItAnswers(aTopic: OpenTopic): void {
  test("a message is not acknowledged before it is stored: an unstored window stops the broker", async () => {
    const { hold, publish } = await aTopic();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let asked = 0;
    const reader = hold({
      window: 5,
      take: async (messages) => {
        asked += messages.length;
        await gate;
      },
    });
    await reader.live();
    await publish(0, 50);
    await vi.waitFor(() => expect(asked).toBeGreaterThan(0), WAIT);
    await sleep(50);
    expect(asked).toBeLessThanOrEqual(5);
    expect(reader.stored).toEqual([]);
    open();
    await vi.waitFor(() => expect(reader.stored).toEqual(numbers(50)), WAIT);
  });

  test("what could not be stored is read again by a new session of a reader", async () => {
    const { hold, publish } = await aTopic();
    let failures = 3;
    await publish(0, 1);
    const reader = hold({
      take: async () => {
        if (failures-- > 0) throw new AppError("upstream_unavailable", "Postgres is away.");
      },
      start: "earliest",
    });
    await publish(1, 30);
    await vi.waitFor(() => expect(unique(reader.stored)).toEqual(numbers(30)), WAIT);
    expect(failures).toBeLessThan(0);
  });

  test("a consumer refuses what could not be stored, and the broker brings it again", async () => {
    const { hold, publish } = await aTopic();
    let failures = 2;
    const consumer = hold({
      mode: "consumer",
      window: 20,
      take: async () => {
        if (failures-- > 0) throw new AppError("upstream_unavailable", "Postgres is away.");
      },
    });
    await consumer.live();
    await publish(0, 100);
    await vi.waitFor(() => expect(unique(consumer.stored)).toEqual(numbers(100)), WAIT);
    expect(consumer.states.at(-1)?.reconnects).toBe(0);
  });
}

function sharesASubscription(aTopic: OpenTopic): void {
  test("a consumer that dies leaves what it had not acknowledged to the next one", async () => {
    const { hold, publish } = await aTopic();
    let die = () => {};
    const dead = new Promise<void>((_, reject) => {
      die = () => reject(new AppError("conflict", "This process is dead."));
    });
    let came = 0;
    const take = (messages: readonly unknown[]) => {
      came += messages.length;
      return dead;
    };
    const consumer = hold({ mode: "consumer", take });
    await consumer.live();
    await publish(0, 25);
    await vi.waitFor(() => expect(came).toBeGreaterThan(0), WAIT);
    die();
    await consumer.ended;
    const next = hold({ mode: "consumer" });
    await vi.waitFor(() => expect(unique(next.stored)).toEqual(numbers(25)), WAIT);
  });

  test("a second process is let in beside the first and takes over where it ends", async () => {
    const { hold, publish } = await aTopic();
    const first = hold({ mode: "consumer" });
    await first.live();
    const second = hold({ mode: "consumer" });
    await second.live();
    await publish(0, 20);
    const both = () => unique([...first.stored, ...second.stored]);
    await vi.waitFor(() => expect(both()).toEqual(numbers(20)), WAIT);
    await first.end();
    await publish(20, 40);
    await vi.waitFor(() => expect(both()).toEqual(numbers(40)), WAIT);
  });
}

function tellsRefusals(aTopic: OpenTopic): void {
  test.each([
    ["a place that cannot be one", { start: "bm90IGFuIGlk" }, "parameters"],
    ["a window that is no number", { window: Number.NaN }, "parameters"],
  ])("%s is told as a fault of ours, not as the broker's", async (_what, given, words) => {
    const { hold, publish } = await aTopic();
    await publish(0, 1);
    for (const mode of "start" in given ? (["reader"] as const) : (["reader", "consumer"] as const)) {
      const { states } = hold({ ...given, mode });
      await vi.waitFor(() =>
        expect(states.find(({ state }) => state === "waiting")?.detail).toContain(words),
      );
    }
  });

  test.each(["reader", "consumer"] as const)("a %s of a topic that is nowhere is told so", async (mode) => {
    const { hold } = await aTopic("nowhere");
    const held = hold({ mode });
    await vi.waitFor(
      () => expect(held.states.find(({ state }) => state === "waiting")?.detail).toContain("no such topic"),
      WAIT,
    );
  });
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, left] of one.entries()) {
    const difference = left - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
