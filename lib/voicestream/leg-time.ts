const SAMPLES_PER_MS = 8;
/** Frames leave a network in bunches; only what is further behind than this was really lost. */
const LOST_MS = 1000;
/** A caller's clock may be off by this much; further off, its word says nothing about when. */
const MOST_SKEW_MS = 10_000;

/** Nobody heard what was said in between; moments are milliseconds since the epoch. */
export type LegGap = {
  type: "gap";
  fromMs: number;
  toMs: number;
  reason: "paused" | "platform_discarded";
};

/**
 * A leg's place in time. The stream itself counts only its samples, so the moment of the first frame is what both
 * legs of a call are laid side by side with; send times show what was lost on the way.
 */
export type LegTime = {
  /** When the next sample is due; undefined before the first frame. */
  nextMs: number | undefined;
  heldFromMs: number | undefined;
  /** False once a send time was missing or beyond belief: a leg keeps to one clock. */
  trusted: boolean;
};

export function newLegTime(): LegTime {
  return { nextMs: undefined, heldFromMs: undefined, trusted: true };
}

type Frame = { samples: number; sentAtMs: number | undefined; nowMs: number };

/** Where a frame begins, and what is missing before it. */
export function advance(time: LegTime, frame: Frame): { atMs: number; gap?: LegGap } {
  const lengthMs = frame.samples / SAMPLES_PER_MS;
  const { sentAtMs, nowMs } = frame;
  const before = time.nextMs;
  time.trusted &&= sentAtMs !== undefined && Math.abs(sentAtMs - nowMs) <= MOST_SKEW_MS;
  const sent = time.trusted && sentAtMs !== undefined ? sentAtMs : nowMs;
  // The first frame was spoken before it was sent.
  const atMs = before ?? sent - lengthMs;
  const missing = sent - (atMs + lengthMs);
  if (before === undefined || !time.trusted || missing <= LOST_MS) {
    time.nextMs = atMs + lengthMs;
    return { atMs };
  }
  const from = before + missing;
  time.nextMs = from + lengthMs;
  return { atMs: from, gap: { type: "gap", fromMs: before, toMs: from, reason: "platform_discarded" } };
}

export function holdAt(time: LegTime, nowMs: number): void {
  time.heldFromMs = time.nextMs ?? nowMs;
}

/** The stretch on hold, in which nothing was sent. */
export function resumeAt(time: LegTime, nowMs: number): LegGap | undefined {
  const from = time.heldFromMs;
  time.heldFromMs = undefined;
  if (from === undefined || nowMs <= from) return undefined;
  time.nextMs = nowMs;
  return { type: "gap", fromMs: from, toMs: nowMs, reason: "paused" };
}
