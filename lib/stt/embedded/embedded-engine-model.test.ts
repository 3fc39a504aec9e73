import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { SpeechEngine } from "../speech-engine.ts";
import { listenTo, pushAll } from "../testing/listening.ts";
import { createEmbeddedEngine } from "./embedded-engine.ts";
import { silence } from "./test-doubles.ts";

const MODEL_FOLDER = path.resolve(import.meta.dirname, "../../../.models/moonshine-base");
const HEADER_BYTES = 44;
/** Far above what it takes, for machines that have other things to do. */
const START_MS = 60_000;
const FLUSH_MS = 60_000;
const TEST_MS = 90_000;

/** A synthetic voice: "I have not received my order yet. Can you tell me where it is?" */
function theQuestion(): Int16Array {
  const bytes = readFileSync(path.resolve(import.meta.dirname, "../fixtures/order.wav")).subarray(
    HEADER_BYTES,
  );
  return Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(i * 2));
}

/** White noise as loud as a bad line, the same every time. */
function noise(ms: number): Int16Array {
  let seed = 7;
  return silence(ms).map(() => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (seed % 1600) - 800;
  });
}

vi.setConfig({ testTimeout: TEST_MS });

let engine: SpeechEngine;
beforeAll(async () => {
  engine = await createEmbeddedEngine({ modelFolder: MODEL_FOLDER, decoders: 1 });
}, START_MS);
afterAll(async () => {
  await engine.close();
});

test("a spoken question becomes its words", async () => {
  const { stream, finals, gaps } = listenTo(engine);
  pushAll(stream, silence(1000), theQuestion(), silence(1500));
  await stream.flush(FLUSH_MS);
  const text = finals.map((final) => final.text).join(" ");
  expect(text.toLowerCase()).toContain("received my order");
  expect(text.toLowerCase()).toContain("where it is");
  expect(finals[0]?.confidence).toBeGreaterThan(0.5);
  expect(gaps).toEqual([]);
});

test.each([
  ["silence", silence(5000)],
  ["noise", noise(5000)],
])("%s becomes nothing", async (_name, samples) => {
  const { stream, finals, interims } = listenTo(engine);
  pushAll(stream, samples);
  await stream.flush(FLUSH_MS);
  expect([finals, interims]).toEqual([[], []]);
});

test("streams do not hear each other", async () => {
  const talking = listenTo(engine);
  const silent = listenTo(engine);
  const question = theQuestion();
  for (let at = 0; at < question.length; at += 800) {
    pushAll(talking.stream, question.subarray(at, at + 800));
    pushAll(silent.stream, noise(100));
  }
  await Promise.all([talking.stream.flush(FLUSH_MS), silent.stream.flush(FLUSH_MS)]);
  expect(talking.finals.length).toBeGreaterThan(0);
  expect(silent.finals).toEqual([]);
});
