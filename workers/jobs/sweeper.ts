import type { Database } from "#/lib/db/database.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { findDueConversations, findDueDocuments } from "#/lib/pipeline/sweep.ts";
import type { Handlers } from "./start-workers.ts";

const EVERY_MS = 1_000;
const SIDE_BY_SIDE = 8;

/**
 * Finds what nobody announced or what its worker died over, and works on it here, Redis or no Redis.
 * Documents have a loop of their own: indexing takes seconds, and conversations must not wait for it.
 */
export function startSweeper(db: Database, handlers: Handlers, log: Log): { stop(): Promise<void> } {
  const conversations = repeat(log, async () => {
    const due = await findDueConversations(db);
    await inParallel([
      ...due.deliveries.map((job) => () => handlers.deliveries(job)),
      ...due.conversations.map((job) => () => handlers.conversations(job)),
    ]);
  });
  const documents = repeat(log, async () => {
    for (const job of await findDueDocuments(db)) await handlers.documents(job);
  });
  return {
    stop: async () => {
      await Promise.all([conversations.stop(), documents.stop()]);
    },
  };
}

/** Runs a task again and again, one round at a time; `stop` waits for the running round. */
function repeat(log: Log, task: () => Promise<void>): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const next = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      round = task()
        .catch((error: unknown) => log.warn({ err: error }, "sweep failed"))
        .finally(next);
    }, EVERY_MS);
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

async function inParallel(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const waiting = [...tasks];
  const run = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) await task().catch(() => {});
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, run));
}
