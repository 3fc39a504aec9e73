import type { Database } from "#/lib/db/database.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { noteProcesses, type ProcessWord } from "./process-history.ts";
import { forgetRollups, rollUp } from "./roll-up.ts";

const EVERY_MS = 10_000;
const NOTE_EVERY = 3;
const FORGET_EVERY = 360;

type KeeperDeps = { db: Database; log: Log; readProcesses: () => Promise<ProcessWord[]> };

/** Rolls up every ten seconds, writes the processes' state down every half minute, and forgets every hour. */
export function keepRollups({ db, log, readProcesses }: KeeperDeps): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const step = async (n: number) => {
    while (!stopped && (await rollUp(db)));
    if (n % NOTE_EVERY === 0) await noteProcesses(db, await readProcesses());
    if (n % FORGET_EVERY === 1) while (!stopped && (await forgetRollups(db)));
  };
  const next = (n: number) => {
    if (stopped) return;
    timer = setTimeout(
      () => {
        round = step(n)
          .catch((error: unknown) => log.warn({ err: error }, "figures were not rolled up"))
          .finally(() => next(n + 1));
      },
      n === 0 ? 1_000 : EVERY_MS,
    );
  };
  next(0);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
