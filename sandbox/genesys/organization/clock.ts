/** The platform's own time: tokens, channels, heartbeats and rate limits run by it. */
export type Clock = {
  now(): number;
  /** Runs once after so long; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
};

/** Longer timers overflow and would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export function systemClock(): Clock {
  return {
    now: Date.now,
    after(ms, run) {
      const timer = setTimeout(run, Math.min(ms, MAX_TIMER_MS));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

export type ManualClock = Clock & { advance(ms: number): void };

/** A clock that stands still until it is told, so that a day of channel life fits into a test. */
export function manualClock(start = Date.UTC(2026, 0, 5, 9)): ManualClock {
  let time = start;
  const waiting = new Set<{ at: number; run: () => void }>();
  const nextUntil = (end: number) => {
    let next: { at: number; run: () => void } | undefined;
    for (const entry of waiting) if (entry.at <= end && entry.at < (next?.at ?? Infinity)) next = entry;
    return next;
  };
  return {
    now: () => time,
    after(ms, run) {
      const entry = { at: time + ms, run };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    advance(ms) {
      const end = time + ms;
      for (let due = nextUntil(end); due; due = nextUntil(end)) {
        waiting.delete(due);
        time = Math.max(time, due.at);
        due.run();
      }
      time = end;
    },
  };
}
