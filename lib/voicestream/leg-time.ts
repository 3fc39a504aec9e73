const SAMPLES_PER_MS = 8;
/** Frames leave a network in bunches; only what is further behind than this may have been lost. */
const LOST_MS = 1000;
/** Audio that is looked at before it counts as lost: a sender that was only late catches up meanwhile. */
const WATCHED_MS = 1000;
const CATCHING_UP_MS = 300;
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
  /** Since when, in the leg's own time, and by how much it was behind then. */
  behind: { sinceMs: number; byMs: number } | undefined;
  /** False once a send time was missing or beyond belief: a leg keeps to one clock. */
  trusted: boolean;
};

export function newLegTime(): LegTime {
  return { nextMs: undefined, heldFromMs: undefined, behind: undefined, trusted: true };
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
  const lost = before === undefined || !time.trusted ? 0 : lostBefore(time, atMs, sent - (atMs + lengthMs));
  time.nextMs = atMs + lost + lengthMs;
  if (lost === 0) return { atMs };
  const gap: LegGap = { type: "gap", fromMs: atMs, toMs: atMs + lost, reason: "platform_discarded" };
  return { atMs: atMs + lost, gap };
}

/** A sender that was held up sends what it has in one go, and falls less behind with each frame; what was lost stays. */
function lostBefore(time: LegTime, atMs: number, behindMs: number): number {
  if (behindMs <= LOST_MS) {
    time.behind = undefined;
    return 0;
  }
  time.behind ??= { sinceMs: atMs, byMs: behindMs };
  if (atMs - time.behind.sinceMs < WATCHED_MS) return 0;
  const catchesUp = time.behind.byMs - behindMs > CATCHING_UP_MS;
  time.behind = catchesUp ? { sinceMs: atMs, byMs: behindMs } : undefined;
  return catchesUp ? 0 : behindMs;
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
  time.behind = undefined;
  return { type: "gap", fromMs: from, toMs: nowMs, reason: "paused" };
}
