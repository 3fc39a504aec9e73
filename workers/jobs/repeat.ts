import type { Log } from "#/lib/kernel/log.ts";

/** Runs a task again and again, one round at a time; `stop` waits for the running round. */
export function repeat(log: Log, everyMs: number, task: () => Promise<void>): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const next = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      round = task()
        .catch((error: unknown) => log.warn({ err: error }, "a round failed"))
        .finally(next);
    }, everyMs);
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
