import type { Redis } from "ioredis";
import type { Database } from "#/lib/db/database.ts";
import { readHeartbeats } from "#/lib/health/heartbeat.ts";
import { keepRollups } from "#/lib/health/keep-rollups.ts";
import type { ProcessWord } from "#/lib/health/process-history.ts";
import { summarizeProcesses } from "#/lib/health/read-processes.ts";
import { tellOlderEvents, tellUnreadDeliveries } from "#/lib/inspector/tell-texts.ts";
import { takeDueReplays, workReplay } from "#/lib/inspector/work-replay.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { Producers } from "#/lib/queues/producers.ts";
import { readPresence } from "#/lib/realtime/presence.ts";
import { repeat } from "./repeat.ts";

const PROCESSES = ["web", "realtime", "audiohook", "ingest", "jobs", "subscriptions"];
const REPLAYS_EVERY_MS = 1_000;
const TEXTS_EVERY_MS = 15_000;

type RecordDeps = { db: Database; redis: Redis; producers: Pick<Producers, "announce">; log: Log };

/** What nobody waits for: figures over time, replays of many events, and the words of older ones. */
export function startRecordKeeping({ db, redis, producers, log }: RecordDeps): { stop(): Promise<void> } {
  const rollups = keepRollups({ db, log, readProcesses: () => processWords(redis) });
  let stopping = false;
  const replays = repeat(log, REPLAYS_EVERY_MS, async () => {
    for (const place of await takeDueReplays(db))
      while (!stopping && (await workReplay({ db, producers }, place)) === "more");
  });
  let next: string | undefined;
  let older = true;
  const texts = repeat(log, TEXTS_EVERY_MS, async () => {
    while (!stopping && (await tellUnreadDeliveries(db)) > 0);
    while (!stopping && older) {
      next = await tellOlderEvents(db, next);
      older = next !== undefined;
    }
  });
  return {
    stop: async () => {
      stopping = true;
      await Promise.all([rollups.stop(), replays.stop(), texts.stop()]);
    },
  };
}

async function processWords(redis: Redis): Promise<ProcessWord[]> {
  const nowMs = Date.now();
  const [heartbeats, presence] = await Promise.all([readHeartbeats(redis), readPresence(redis, nowMs)]);
  return summarizeProcesses(PROCESSES, heartbeats, nowMs).map(({ name, replicas, versions, figures }) => {
    const version = versions.at(-1);
    // Realtime nodes tell their presence; those that also beat their hearts know more of themselves.
    if (name === "realtime")
      return {
        process: name,
        version,
        replicas: presence.nodes,
        figures: { ...figures, widgets: presence.widgets },
      };
    return { process: name, version, replicas, figures };
  });
}
