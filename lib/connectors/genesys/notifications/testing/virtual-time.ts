/** Time that passes only when everyone waits, and then at once. */
export type VirtualTime = {
  now(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  after(ms: number, run: () => void): void;
  /** Lets so much of it pass. */
  pass(ms: number): Promise<void>;
};

export function virtualTime(start = Date.UTC(2026, 0, 5, 9)): VirtualTime {
  let time = start;
  const waiting = new Set<{ at: number; run: () => void }>();
  const next = (end: number) => {
    let found: { at: number; run: () => void } | undefined;
    for (const entry of waiting) if (entry.at <= end && (!found || entry.at < found.at)) found = entry;
    return found;
  };
  const add = (ms: number, run: () => void) => {
    const entry = { at: time + Math.max(0, ms), run };
    waiting.add(entry);
    return entry;
  };
  return {
    now: () => time,
    after: (ms, run) => void add(ms, run),
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const abort = () => {
          waiting.delete(entry);
          reject(signal?.reason);
        };
        const entry = add(ms, () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        });
        if (signal?.aborted) abort();
        signal?.addEventListener("abort", abort, { once: true });
      }),
    async pass(ms) {
      const end = time + ms;
      await settle();
      for (let due = next(end); due; due = next(end)) {
        waiting.delete(due);
        time = Math.max(time, due.at);
        due.run();
        await settle();
      }
      time = end;
    },
  };
}

/** Until every promise that can go on has gone on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
