import { expect, test } from "vitest";
import { FRAME_SAMPLES, toMs } from "../audio-format.ts";
import { type SegmentEvent, Segmenter, TELEPHONE_LIMITS } from "./segmenter.ts";

type Run = { frames: number; probability: number; energy?: number };

const FRAME_MS = toMs(FRAME_SAMPLES);
const speech = (ms: number, energy = 1): Run => ({
  frames: Math.round(ms / FRAME_MS),
  probability: 0.9,
  energy,
});
const pause = (ms: number): Run => ({ frames: Math.round(ms / FRAME_MS), probability: 0.05 });

function segment(...runs: readonly Run[]): SegmentEvent[] {
  const segmenter = new Segmenter(TELEPHONE_LIMITS);
  let at = 0;
  return runs.flatMap(({ frames, probability, energy = 0 }) =>
    Array.from({ length: frames }, () => {
      const start = at;
      at += FRAME_SAMPLES;
      return segmenter.advance({ start, probability, energy });
    }).flat(),
  );
}

function stretches(events: readonly SegmentEvent[]): { fromMs: number; toMs: number }[] {
  return events.flatMap((event) =>
    event.kind === "ended" ? [{ fromMs: toMs(event.stretch.start), toMs: toMs(event.stretch.end) }] : [],
  );
}

test("an utterance reaches a little before its first and after its last voiced frame", () => {
  const events = segment(pause(1600), speech(1600), pause(1600));
  expect(stretches(events)).toEqual([{ fromMs: 1300, toMs: 3500 }]);
});

test("one loud frame is no utterance", () => {
  expect(segment(pause(640), speech(32), pause(640))).toEqual([]);
});

test("a pause for breath does not end an utterance", () => {
  const events = segment(speech(1600), pause(608), speech(1600), pause(1600));
  expect(events.map(({ kind }) => kind)).toEqual(["started", "paused", "resumed", "paused", "ended"]);
});

test("letters spelled one by one stay together", () => {
  const letter = [speech(256), pause(896)];
  expect(stretches(segment(...letter, ...letter, speech(256), pause(2000)))).toHaveLength(1);
});

test("after ten seconds a short pause is good enough to end an utterance", () => {
  const events = segment(speech(10_400), pause(512), speech(1600), pause(1600));
  expect(stretches(events)).toHaveLength(2);
});

test("speech without a pause is parted where it is quietest, with nothing lost or doubled", () => {
  const events = segment(speech(12_800, 9), speech(96, 1), speech(19_200, 9), pause(1600));
  const found = stretches(events);
  expect(found[0]?.toMs).toBe(12_832);
  expect(found.every(({ fromMs, toMs }) => toMs - fromMs <= TELEPHONE_LIMITS.longestMs)).toBe(true);
  expect(found.slice(1).map(({ fromMs }) => fromMs)).toEqual(found.slice(0, -1).map(({ toMs }) => toMs));
  expect(found.at(-1)?.toMs).toBe(12_800 + 96 + 19_200 + 300);
});

test("the next utterance never takes back audio of the one before", () => {
  const events = segment(speech(10_400), pause(480), speech(1600), pause(1600));
  const [first, second] = stretches(events);
  expect(second?.fromMs).toBeGreaterThanOrEqual(first?.toMs ?? Number.NaN);
});
