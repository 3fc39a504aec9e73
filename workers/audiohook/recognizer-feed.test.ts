import { expect, test } from "vitest";
import type { SpeechGap } from "#/lib/stt/speech-engine.ts";
import { RecognizerFeed } from "./recognizer-feed.ts";
import { MemoryEngine } from "./testing/memory-engine.ts";
import { until } from "./testing/running-server.ts";

const SECOND = new Int16Array(8000);

function aFeed(engine = new MemoryEngine()) {
  const gaps: SpeechGap[] = [];
  const health: boolean[] = [];
  const finals: string[] = [];
  const handlers = {
    onInterim: () => undefined,
    onFinal: ({ utteranceId }: { utteranceId: string }) => finals.push(utteranceId),
    onGap: (gap: SpeechGap) => gaps.push(gap),
    onHealth: (healthy: boolean) => health.push(healthy),
  };
  const feed = new RecognizerFeed({ engine, handlers, retryMs: 1, flushMs: 50 });
  return { engine, feed, gaps, health, finals };
}

test("half a minute of audio waits for a recognizer; what is older is a gap", async () => {
  const { engine, feed, gaps, health } = aFeed();
  engine.failures = 3;
  for (let second = 0; second < 33; second++) feed.push(second * 1000, SECOND);
  await until(() => engine.streams.length === 1);
  expect(gaps).toEqual([{ startMs: 0, durationMs: 3000, reason: "recognizer_failed" }]);
  expect(engine.streams[0]?.heard.slice(0, 2)).toEqual(["skip:3000", "audio:3000:1000"]);
  expect(engine.streams[0]?.positionMs).toBe(33_000);
  expect(health).toEqual([false, true]);
});

test("a long outage is told while it goes on", async () => {
  const { engine, feed, gaps } = aFeed();
  engine.failures = Number.POSITIVE_INFINITY;
  for (let second = 0; second < 55; second++) feed.push(second * 1000, SECOND);
  expect(gaps.map(({ startMs, durationMs }) => [startMs, durationMs])).toEqual([
    [0, 10_000],
    [10_000, 10_000],
  ]);
  await feed.finish();
  expect(gaps.at(-1)).toMatchObject({ startMs: 50_000, durationMs: 5000 });
  expect(gaps.reduce((sum, gap) => sum + gap.durationMs, 0)).toBe(55_000);
});

test("a call that ends before its recognizer opened is still recognized", async () => {
  const { engine, feed } = aFeed();
  feed.push(0, SECOND);
  expect(await feed.finish()).toBe(true);
  expect(engine.streams[0]?.heard).toEqual(["audio:0:1000", "flush", "close"]);
  feed.push(1000, SECOND);
  await feed.finish();
  expect(engine.streams).toHaveLength(1);
});

test("a feed without audio opens nothing when it ends at once", async () => {
  const { engine, feed } = aFeed();
  await feed.finish();
  await new Promise((resolve) => setImmediate(resolve));
  expect(engine.streams).toEqual([]);
});

test("two recognizers that both number from one give different ids", async () => {
  const { engine, feed, finals } = aFeed();
  await until(() => engine.streams.length === 1);
  feed.push(0, SECOND);
  engine.streams[0]?.says("a");
  engine.streams[0]?.says("a");
  feed.jump(0);
  await until(() => engine.streams.length === 2);
  engine.streams[1]?.says("b");
  expect(finals[0]).toBe(finals[1]);
  expect(finals[2]).not.toBe(finals[0]);
});
