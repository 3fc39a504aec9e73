import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#/lib/db/database.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import type { PullState } from "#/lib/pubsub/pull-subscription.ts";
import type { Producers } from "#/lib/queues/producers.ts";
import { takeTranscripts } from "#/lib/transcript-bus/take-transcripts.ts";
import type { TranscriptBus } from "../runtime/open-transcript-bus.ts";

type BusDeps = { db: Database; producers: Pick<Producers, "announce">; log: Log };

/** Takes what the doors for calls publish; does nothing where transcripts take the embedded way. */
export function startTranscriptBus(bus: TranscriptBus | undefined, { db, producers, log }: BusDeps) {
  if (!bus) return { figures: () => ({}), stop: async () => {} };
  const accept = createAcceptor(db, producers);
  const over = new AbortController();
  let state: PullState = { state: "connecting", reconnects: 0 };
  const done = takeTranscripts(
    {
      ...bus,
      accept,
      log,
      report: (told) => {
        state = told;
      },
      now: () => Date.now(),
      wait: (ms, signal) => sleep(ms, undefined, { signal }),
    },
    over.signal,
  );
  return {
    figures: (): Record<string, number> => ({
      transcriptBusLive: state.state === "live" ? 1 : 0,
      ...(state.lagMs !== undefined && { transcriptBusLagMs: state.lagMs }),
    }),
    stop: () => {
      over.abort();
      return done;
    },
  };
}
