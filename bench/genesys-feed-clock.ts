import type { PlatformAccess } from "#/lib/connectors/platform-access.ts";
import type { Clock } from "#/sandbox/genesys/organization/clock.ts";

/** One time for the platform and for who listens to it. */
export type SharedTime = {
  clock: Clock;
  wait: PlatformAccess["wait"];
  /** Puts it forward; whatever was due in between happens now. */
  jump(ms: number): void;
  stop(): void;
};

const TICK_MS = 5;

/** A clock that runs so many times faster than the wall's, in small steps, and can be put forward. */
export function fastTime(speed: number): SharedTime {
  let time = Date.UTC(2026, 0, 5, 9);
  const waiting = new Set<{ at: number; run: () => void }>();
  const dueBy = (end: number) => [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
  const jump = (ms: number) => {
    const end = time + ms;
    for (let [due] = dueBy(end); due; [due] = dueBy(end)) {
      waiting.delete(due);
      time = Math.max(time, due.at);
      due.run();
    }
    time = end;
  };
  const after = (ms: number, run: () => void) => {
    const entry = { at: time + Math.max(0, ms), run };
    waiting.add(entry);
    return () => void waiting.delete(entry);
  };
  let last = performance.now();
  const ticker = setInterval(() => {
    const now = performance.now();
    jump((now - last) * speed);
    last = now;
  }, TICK_MS);
  return {
    clock: { now: () => Math.round(time), after },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const cancel = after(ms, () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        });
        const abort = () => {
          cancel();
          reject(signal?.reason);
        };
        if (signal?.aborted) abort();
        signal?.addEventListener("abort", abort, { once: true });
      }),
    jump,
    stop: () => clearInterval(ticker),
  };
}
