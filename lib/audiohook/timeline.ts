import { samplesToMs } from "./duration.ts";

/** Differences up to this are rounding of nanosecond durations, not lost audio. */
const ROUNDING_SAMPLES = 8;

/**
 * Where the stream stands, in samples: audio delivered plus all audio that was paused or discarded.
 * `origin` is the position of `open`: a continued session starts late, but its offsets start at 0.
 */
export type Timeline = { origin: number; position: number };

export function startTimeline(openPosition: number): Timeline {
  return { origin: openPosition, position: openPosition };
}

export function offsetMs(timeline: Timeline): number {
  return samplesToMs(timeline.position - timeline.origin);
}

/** Counts a frame and answers where it began. */
export function advance(timeline: Timeline, samples: number): number {
  const beganAtMs = offsetMs(timeline);
  timeline.position += samples;
  return beganAtMs;
}

/** Audio that will never come, and where the stream goes on; undefined when nothing moved. */
export type Jump = { fromMs: number; toMs: number };

/** The client's word is the truth: the next audio is at start + discarded, wherever we thought we were. */
export function resync(timeline: Timeline, start: number, discarded: number): Jump | undefined {
  const target = Math.max(timeline.origin, start + discarded);
  if (Math.abs(target - timeline.position) <= ROUNDING_SAMPLES) return undefined;
  const fromMs = offsetMs(timeline);
  timeline.position = target;
  return { fromMs, toMs: offsetMs(timeline) };
}
