const MOST_PER_TOPIC = 3;
const WINDOW_MS = 3_600_000;
const MOST_TOPICS = 50;
const LONGEST_SAMPLE = 4_000;
const ID = /[0-9a-f]{8}-[0-9a-f-]{27,}/gi;

/** Counts all, and lets a few of each topic through an hour: an update of the platform must not flood the inspector. */
export function createUnknownSampler(now: () => number, onSample: (topic: string, payload: unknown) => void) {
  let total = 0;
  const windows = new Map<string, { startedAt: number; samples: number }>();
  return {
    total: () => total,
    note(topic: string, payload: unknown): void {
      total += 1;
      const kind = topic.replace(ID, "{id}");
      const known = windows.get(kind);
      const current = known && now() - known.startedAt < WINDOW_MS ? known : { startedAt: now(), samples: 0 };
      if (!known && windows.size >= MOST_TOPICS) return;
      windows.set(kind, current);
      current.samples += 1;
      if (current.samples <= MOST_PER_TOPIC) onSample(kind, shortened(payload));
    },
  };
}

function shortened(payload: unknown): unknown {
  const json = JSON.stringify(payload) ?? "";
  return json.length <= LONGEST_SAMPLE ? payload : `${json.slice(0, LONGEST_SAMPLE)}…`;
}
