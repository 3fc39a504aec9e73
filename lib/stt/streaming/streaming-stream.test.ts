import fc from "fast-check";
import { expect, test } from "vitest";
import type { SpeechHandlers } from "../speech-engine.ts";
import { type StreamingParts, StreamingStream } from "./streaming-stream.ts";
import type { Wire, WireEvents } from "./wire.ts";

const SAMPLES_A_MS = 8;

/** A connection whose service names, in each final, the samples that it covers. */
class TellingWire implements Wire {
  readonly #events: WireEvents;
  readonly heard: number[] = [];
  #answered = 0;
  #over = false;

  constructor(events: WireEvents) {
    this.#events = events;
    queueMicrotask(() => !this.#over && events.onReady());
  }

  send(samples: Int16Array): void {
    this.heard.push(...samples);
  }

  finish(): void {
    queueMicrotask(() => {
      if (this.#over) return;
      this.answer(this.heard.length, true);
      this.#over = true;
      this.#events.onEnd();
    });
  }

  destroy(): void {
    this.#over = true;
  }

  guess(): void {
    if (this.#over || this.heard.length === this.#answered) return;
    this.#events.onResult({
      text: "?",
      endMs: this.heard.length / SAMPLES_A_MS,
      final: false,
      endsUtterance: false,
    });
  }

  /** Up to so many samples; services end their results at whole milliseconds or finer. */
  answer(until: number, endsUtterance: boolean): void {
    const end = Math.min(until, this.heard.length);
    if (this.#over || end <= this.#answered) return;
    const text = this.heard.slice(this.#answered, end).join(" ");
    this.#answered = end;
    this.#events.onResult({ text, endMs: end / SAMPLES_A_MS, final: true, endsUtterance });
  }

  cut(): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.onEnd({ message: "cut", retryable: true });
  }
}

function aStream(changes: Partial<StreamingParts> = {}) {
  const wires: TellingWire[] = [];
  const finals: { text: string; startMs: number }[] = [];
  const gaps: unknown[] = [];
  const handlers: SpeechHandlers = {
    onInterim: () => undefined,
    onFinal: (final) => finals.push(final),
    onGap: (gap) => gaps.push(gap),
    onHealth: () => undefined,
  };
  const stream = new StreamingStream({
    handlers,
    openWire: (events) => {
      const wire = new TellingWire(events);
      wires.push(wire);
      return wire;
    },
    retry: { firstMs: 0, longestMs: 0, refusedMs: 0 },
    waitingLimitMs: 30_000,
    onClosed: () => undefined,
    ...changes,
  });
  return { stream, wires, finals, gaps };
}

const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("push" as const), size: fc.integer({ min: 1, max: 120 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("answer" as const),
      until: fc.integer({ min: 1, max: 400 }),
      ends: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: "guess" as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: "cut" as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: "wait" as const }) },
);

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

async function perform(
  step: Act,
  push: (size: number) => void,
  wires: readonly TellingWire[],
): Promise<void> {
  const wire = wires.at(-1);
  switch (step.kind) {
    case "push":
      return push(step.size);
    case "answer":
      return wire?.answer(step.until, step.ends);
    case "guess":
      return wire?.guess();
    case "cut":
      return wires[Math.max(0, wires.length - 2)]?.cut();
    case "wait":
      await turn();
  }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 2));

test("whatever is cut and however it is answered, each sample is heard in one final, once and in order", async () => {
  const rotation = { softMs: 40, quietMs: 60, hardMs: 80 };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), fc.boolean(), async (acts, rotates) => {
      const { stream, wires, finals, gaps } = aStream(rotates ? { rotation } : {});
      let next = 1;
      const push = (size: number) => stream.push(Int16Array.from({ length: size }, () => next++));
      for (const step of acts) await perform(step, push, wires);
      await stream.flush(2000);
      stream.close();
      const heard = finals.flatMap(({ text }) => text.split(" ").map(Number));
      expect(heard).toEqual(Array.from({ length: next - 1 }, (_, i) => i + 1));
      expect(gaps).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("an utterance without a pause is written down in pieces", () => {
  const { stream, wires, finals } = aStream();
  const [wire] = wires;
  for (let s = 1; s <= 25; s++) {
    stream.push(new Int16Array(8000).fill(s));
    wire?.answer(s * 8000, false);
  }
  expect(finals).toHaveLength(1);
  stream.close();
});

test("skips before the first sound only move its time", async () => {
  const { stream, wires, finals } = aStream();
  stream.skipTo(5000);
  stream.push(Int16Array.from({ length: 80 }, () => 7));
  await stream.flush(1000);
  expect(wires).toHaveLength(1);
  expect(finals[0]?.startMs).toBe(5000);
  stream.close();
});

test("a service that ends a connection on which nothing was said is not bothered until somebody speaks", async () => {
  const { stream, wires } = aStream();
  await turn();
  wires[0]?.cut();
  await turn();
  expect(wires).toHaveLength(1);
  stream.push(new Int16Array(80));
  expect(wires).toHaveLength(2);
  stream.close();
});
