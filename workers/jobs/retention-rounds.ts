import type { Database } from "#/lib/db/database.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { dueTenants, enforceRetention, letGo } from "#/lib/privacy/enforce-retention.ts";

const EVERY_MS = 10_000;
const MOST_AT_ONCE = 5;

/** Deletes what has passed its time, tenant after tenant; `stop` ends the running round between two batches. */
export function startRetention(db: Database, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const work = async () => {
    for (const tenantId of await dueTenants(db, MOST_AT_ONCE)) {
      const deleted = await enforceRetention({ db, clock: Date.now }, tenantId, stopping.signal);
      if (stopping.signal.aborted) return letGo(db, tenantId);
      log.info({ tenantId, ...deleted }, "retention enforced");
    }
  };
  const next = () => {
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      round = work()
        .catch((err: unknown) => log.warn({ err }, "retention round failed"))
        .finally(next);
    }, EVERY_MS);
  };
  next();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await round;
    },
  };
}
