import { TRAIL_STAGES, type Trail, type TrailStage } from "#/lib/events/trail.ts";

/** One stage on the trail: from the end of the stage before it to its own. */
export type WaterfallStep = {
  stage: TrailStage;
  at: number;
  ms: number;
  /** Where the bar begins and how wide it is, in parts of the whole width, 0 to 1. */
  left: number;
  width: number;
  /** Waiting so long that its bar is drawn shorter than it was; the number is true. */
  cut: boolean;
};

export type Waterfall = { steps: WaterfallStep[]; startedAt: number; totalMs: number };

/** A wait of this length, and longer than all else together, would flatten every other bar. */
const LONG_WAIT_MS = 5_000;
const LEAST_WIDTH = 0.004;

/** Stages in the order in which they happened: after a replay, earlier stages carry later times. */
export function layoutWaterfall(trail: Trail): Waterfall {
  const reached = TRAIL_STAGES.flatMap((stage) => {
    const at = trail.at[stage];
    return at === undefined ? [] : [{ stage, at }];
  }).sort((one, other) => one.at - other.at);
  const startedAt = reached[0]?.at ?? 0;
  const timed = reached.map((each, index) => ({
    ...each,
    ms: each.at - (reached[index - 1]?.at ?? startedAt),
  }));
  const totalMs = (reached.at(-1)?.at ?? startedAt) - startedAt;
  const others = (ms: number) => totalMs - ms;
  const drawn = timed.map((step) => {
    const cut = step.ms > LONG_WAIT_MS && step.ms > others(step.ms);
    return { ...step, cut, drawnMs: cut ? Math.max(others(step.ms) / 2, 1) : step.ms };
  });
  const drawnTotal = drawn.reduce((sum, { drawnMs }) => sum + drawnMs, 0) || 1;
  let left = 0;
  const steps = drawn.map(({ drawnMs, ...step }) => {
    const placed = {
      ...step,
      left: Math.min(left, 1 - LEAST_WIDTH),
      width: Math.max(drawnMs / drawnTotal, LEAST_WIDTH),
    };
    left += drawnMs / drawnTotal;
    return placed;
  });
  return { steps, startedAt, totalMs };
}
