import { afterEach, expect, test, vi } from "vitest";
import { listenTo, pushAll, texts } from "../testing/listening.ts";
import { createEmbeddedEngine } from "./embedded-engine.ts";
import {
  aDecoder,
  aTone,
  engineMaker,
  loudnessDetector,
  loudnessOf,
  never,
  silence,
} from "./test-doubles.ts";

const { engine: anEngine, close } = engineMaker();
afterEach(close);

const FLUSH_MS = 10_000;

test("an utterance comes out once, with its place in the stream's time", async () => {
  const { stream, finals, gaps } = listenTo(await anEngine());
  pushAll(stream, silence(1024), aTone(2048), silence(2000));
  await stream.flush(FLUSH_MS);
  expect(finals).toMatchObject([{ text: "said 4000", startMs: 724, durationMs: 300 + 2048 + 300 }]);
  expect(gaps).toEqual([]);
});

test("silence never asks the decoder", async () => {
  const decoder = aDecoder();
  const { stream, finals } = listenTo(await anEngine({ startDecoder: async () => decoder }));
  pushAll(stream, silence(20_000), aTone(20), silence(1000));
  await stream.flush(FLUSH_MS);
  expect(finals).toEqual([]);
  expect(decoder.requests).toEqual([]);
});

test("what the model only guesses at is not shown", async () => {
  const startDecoder = async () => aDecoder(async () => ({ text: "So I'm going to go", confidence: 0.2 }));
  const { stream, finals, gaps } = listenTo(await anEngine({ startDecoder }));
  pushAll(stream, aTone(2000), silence(1000));
  await stream.flush(FLUSH_MS);
  expect([finals, gaps]).toEqual([[], []]);
});

test("finals keep the order of the speech when a later one is ready first", async () => {
  const first = Promise.withResolvers<void>();
  const slow = aDecoder(async (request) => {
    const transcript = loudnessOf(request);
    if (transcript.text === "said 2000") await first.promise;
    return transcript;
  });
  const quick = aDecoder(async (request) => {
    const transcript = loudnessOf(request);
    if (transcript.text === "said 2000") await first.promise;
    else first.resolve();
    return transcript;
  });
  const decoders = [slow, quick];
  const startDecoder = async () => decoders.shift() ?? aDecoder();
  const { stream, finals } = listenTo(await anEngine({ decoders: 2, startDecoder }));
  pushAll(stream, aTone(1500, 2000), silence(1500), aTone(1500, 3000), silence(1500));
  await stream.flush(FLUSH_MS);
  expect(texts(finals)).toEqual(["said 2000", "said 3000"]);
});

test("interims carry the id of their final and end with it", async () => {
  const { stream, interims, finals } = listenTo(await anEngine({ interims: true }));
  for (let i = 0; i < 4; i++) {
    pushAll(stream, aTone(1500, 2000 + i));
    await vi.waitFor(() => expect(interims.at(-1)?.text).toBe(`said ${2000 + i}`));
  }
  pushAll(stream, silence(1000));
  await stream.flush(FLUSH_MS);
  expect(new Set(interims.map(({ utteranceId }) => utteranceId))).toEqual(new Set([finals[0]?.utteranceId]));
  expect(finals).toHaveLength(1);
});

test("the likely final is asked for once when nothing more is said", async () => {
  const decoder = aDecoder();
  const { stream, finals } = listenTo(await anEngine({ startDecoder: async () => decoder }));
  pushAll(stream, aTone(2000), silence(600));
  await vi.waitFor(() => expect(decoder.requests).toHaveLength(1));
  expect(finals).toEqual([]);
  pushAll(stream, silence(400));
  await stream.flush(FLUSH_MS);
  expect(finals).toHaveLength(1);
  expect(decoder.requests).toHaveLength(1);
});

test("a likely final that was none is thrown away", async () => {
  const { stream, finals } = listenTo(await anEngine());
  pushAll(stream, aTone(2000, 2000), silence(600), aTone(1000, 5000), silence(1000));
  await stream.flush(FLUSH_MS);
  expect(texts(finals)).toEqual(["said 5000"]);
});

test("flush ends the running utterance", async () => {
  const { stream, finals } = listenTo(await anEngine());
  pushAll(stream, aTone(1001));
  await stream.flush(FLUSH_MS);
  expect(finals).toMatchObject([{ startMs: 0 }]);
});

test("flush gives up at its limit and what is left counts as a gap", async () => {
  const { stream, finals, gaps } = listenTo(await anEngine({ startDecoder: async () => aDecoder(never) }));
  pushAll(stream, silence(512), aTone(1024), silence(1024));
  await stream.flush(300);
  expect(finals).toEqual([]);
  expect(gaps).toEqual([{ startMs: 212, durationMs: 1624, reason: "recognizer_behind" }]);
});

test("flush accounts for audio that no voice detector took", async () => {
  const startVoiceDetector = async () => ({ ...loudnessDetector(), detect: never });
  const { stream, gaps } = listenTo(await anEngine({ startVoiceDetector }));
  pushAll(stream, aTone(1000));
  await stream.flush(200);
  expect(gaps).toEqual([{ startMs: 0, durationMs: 1000, reason: "recognizer_behind" }]);
});

test("a pause that lies in given-up audio is no gap", async () => {
  const startVoiceDetector = async () => ({ ...loudnessDetector(), detect: never });
  const { stream, gaps } = listenTo(await anEngine({ startVoiceDetector }));
  pushAll(stream, aTone(1000));
  stream.skipTo(5000);
  pushAll(stream, aTone(500));
  await stream.flush(200);
  expect(gaps).toMatchObject([
    { startMs: 0, durationMs: 1000 },
    { startMs: 5000, durationMs: 500 },
  ]);
});

test("after close nothing is called", async () => {
  const { stream, finals, gaps, interims } = listenTo(await anEngine({ interims: true }));
  pushAll(stream, aTone(5000), silence(2000));
  const flushed = stream.flush(FLUSH_MS);
  stream.close();
  stream.close();
  await flushed;
  pushAll(stream, aTone(1000));
  await stream.flush(FLUSH_MS);
  expect([finals, gaps, interims]).toEqual([[], [], []]);
});

test("a skip ends the utterance and moves the time on", async () => {
  const { stream, finals } = listenTo(await anEngine());
  pushAll(stream, aTone(1000, 2000));
  stream.skipTo(10_000);
  pushAll(stream, aTone(1000, 3000));
  await stream.flush(FLUSH_MS);
  expect(finals).toMatchObject([
    { text: "said 2000", startMs: 0 },
    { text: "said 3000", startMs: 10_000, durationMs: 1000 },
  ]);
});

test("a missing model is said before anything starts", async () => {
  await expect(createEmbeddedEngine({ modelFolder: "/nowhere" })).rejects.toThrow("fetch-speech-model");
});
