import type { SearchLog } from "./search-log.ts";

/** The stages an event passes, in their order; the inspector draws them as a waterfall. */
export const TRAIL_STAGES = [
  "received",
  "stored",
  "validated",
  "routed",
  "started",
  "recorded",
  "triggered",
  "retrieved",
  "firstToken",
  "grounded",
  "emitted",
  "acknowledged",
  "painted",
] as const;

export type TrailStage = (typeof TRAIL_STAGES)[number];

/** One failed attempt: when, why in words without customer text, and in which generation (a replay starts the next). */
export type TrailAttempt = { at: number; error: string; generation?: number };

/** When each stage was through, in milliseconds since the epoch, and what was decided on the way. */
export type Trail = {
  at: Partial<Record<TrailStage, number>>;
  attempts: TrailAttempt[];
  notes: string[];
  /** Absent where nothing was searched. */
  search?: SearchLog;
};

export function newTrail(at: Trail["at"]): Trail {
  return { at, attempts: [], notes: [] };
}
