import { afterEach, expect, test, vi } from "vitest";
import type { SpeechGap } from "../speech-engine.ts";
import { listenTo, pushAll, texts } from "../testing/listening.ts";
import {
  aDecoder,
  aTone,
  engineMaker,
  loudnessDetector,
  loudnessOf,
  never,
  silence,
} from "./test-doubles.ts";

const { engine: anEngine, close } = engineMaker({ deadlineMs: 50 });
afterEach(close);

const FLUSH_MS = 15_000;
const lengthOf = (gaps: readonly SpeechGap[]) =>
  gaps.reduce((total, { durationMs }) => total + durationMs, 0);

/** The first one breaks as it is told, its successors work. */
function brokenAtFirst(first: ReturnType<typeof aDecoder>, gate: Promise<void> = Promise.resolve()) {
  let started = 0;
  return async () => {
    started += 1;
    if (started === 1) return first;
    await gate;
    return aDecoder();
  };
}

test("a decoder that stalls is replaced and its utterance is not lost", async () => {
  const engine = await anEngine({ startDecoder: brokenAtFirst(aDecoder(never)) });
  const { stream, finals, gaps, health } = listenTo(engine);
  pushAll(stream, aTone(500, 2000), silence(1100), aTone(500, 3000), silence(1100));
  await stream.flush(FLUSH_MS);
  expect(texts(finals)).toEqual(["said 2000", "said 3000"]);
  expect([gaps, health]).toEqual([[], [false, true]]);
});

test("a decoder that dies while idle is replaced", async () => {
  const first = aDecoder();
  const { stream, finals, health } = listenTo(await anEngine({ startDecoder: brokenAtFirst(first) }));
  first.kill();
  await vi.waitFor(() => expect(health).toEqual([false, true]));
  pushAll(stream, aTone(500), silence(1100));
  await stream.flush(FLUSH_MS);
  expect(finals).toHaveLength(1);
});

test("a stream opened while the recognizer is down is told so", async () => {
  const first = aDecoder();
  const gate = Promise.withResolvers<void>();
  const engine = await anEngine({ startDecoder: brokenAtFirst(first, gate.promise) });
  first.kill();
  await new Promise((resolve) => setTimeout(resolve, 10));
  const { health } = listenTo(engine);
  await vi.waitFor(() => expect(health).toEqual([false]));
  gate.resolve();
  await vi.waitFor(() => expect(health).toEqual([false, true]));
});

test("one request that no decoder survives costs a gap and not the call", async () => {
  const startDecoder = async () =>
    aDecoder(async (request) => {
      const transcript = loudnessOf(request);
      if (transcript.text === "said 6666") throw new Error("broken by this audio");
      return transcript;
    });
  const { stream, finals, gaps } = listenTo(await anEngine({ startDecoder }));
  pushAll(stream, aTone(500, 6666), silence(1300), aTone(500, 3000), silence(1300));
  await stream.flush(FLUSH_MS);
  expect(texts(finals)).toEqual(["said 3000"]);
  expect(gaps).toMatchObject([{ startMs: 0, reason: "recognizer_failed" }]);
});

test("audio beyond the limit becomes a gap, to the millisecond, and the rest is recognized", async () => {
  const gate = Promise.withResolvers<void>();
  const first = aDecoder();
  const startDecoder = brokenAtFirst(first, gate.promise);
  const detector = loudnessDetector();
  const startVoiceDetector = async () => detector;
  const engine = await anEngine({ startDecoder, startVoiceDetector, waitingLimitMs: 6400 });
  const { stream, finals, gaps } = listenTo(engine);
  first.kill();
  // Speech and silence of 3.2 s each by turns, with 0.3 s of silence on both sides of the speech.
  for (let i = 0; i < 4; i++) {
    pushAll(stream, aTone(3200, 2000 + i));
    await vi.waitFor(() => expect(detector.heardMs).toBe(i * 6400 + 3200));
    pushAll(stream, silence(3200));
    await vi.waitFor(() => expect(detector.heardMs).toBe(i * 6400 + 6400));
  }
  const reason = "recognizer_behind";
  expect(gaps).toEqual([
    { startMs: 0, durationMs: 3500, reason },
    { startMs: 6100, durationMs: 3800, reason },
    { startMs: 12_500, durationMs: 3800, reason },
  ]);
  gate.resolve();
  await stream.flush(FLUSH_MS);
  expect(gaps.slice(3)).toEqual([{ startMs: 18_900, durationMs: 300, reason }]);
  expect(finals).toMatchObject([{ text: "said 2003", startMs: 19_200, durationMs: 3500 }]);
});

test("a voice detector that dies is replaced and hears the same audio again", async () => {
  const first = { ...loudnessDetector(), detect: never };
  const detectors = [first];
  const startVoiceDetector = async () => detectors.shift() ?? loudnessDetector();
  const { stream, finals, gaps, health } = listenTo(await anEngine({ startVoiceDetector }));
  pushAll(stream, aTone(1024), silence(1100));
  await stream.flush(FLUSH_MS);
  expect(finals).toMatchObject([{ startMs: 0, durationMs: 1324 }]);
  expect([gaps, health]).toEqual([[], [false, true]]);
});

test("every millisecond is recognized or reported when the voice detector hangs for long", async () => {
  const gate = Promise.withResolvers<void>();
  const detectors = [{ ...loudnessDetector(), detect: never }];
  const startVoiceDetector = async () => {
    const next = detectors.shift();
    if (!next) await gate.promise;
    return next ?? loudnessDetector();
  };
  const { stream, finals, gaps } = listenTo(await anEngine({ startVoiceDetector, waitingLimitMs: 3200 }));
  pushAll(stream, aTone(9600));
  await new Promise((resolve) => setTimeout(resolve, 100));
  gate.resolve();
  await stream.flush(FLUSH_MS);
  const recognized = finals.reduce((total, { durationMs }) => total + durationMs, 0);
  expect(recognized + lengthOf(gaps)).toBe(9600);
  expect(finals.length).toBeGreaterThan(0);
  expect(gaps.length).toBeGreaterThan(0);
});
