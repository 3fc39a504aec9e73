import type { Log } from "#/lib/kernel/log.ts";
import type { Painted } from "#/lib/realtime/record-painted.ts";

const COLLECT_MS = 200;
/** At once into one statement, and how many may wait while Postgres is slow: a few megabytes. */
const LIMITS = { most: 1_000, kept: 20_000 };

export type PaintedBatch = { add(painted: readonly Painted[]): void; flush(): Promise<void> };

/**
 * Collects what widgets say they have painted and writes it a few times a second: measurements, for which a
 * row a message would cost more than they tell. They are not worth memory without end either: what cannot be
 * written, and the oldest of what waits too long, is dropped. An outage is told once, and its end with the loss.
 */
export function createPaintedBatch(
  record: (painted: readonly Painted[]) => Promise<void>,
  log: Log,
  { most, kept }: { most: number; kept: number } = LIMITS,
): PaintedBatch {
  const waiting: Painted[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let outage: { dropped: number } | undefined;

  const drop = (count: number, err?: unknown) => {
    if (!outage) log.warn({ err, count }, "painted times cannot be written and are dropped");
    outage = { dropped: (outage?.dropped ?? 0) + count };
  };
  const writeAll = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        await record(batch);
        if (outage) log.info(outage, "painted times are written again");
        outage = undefined;
      } catch (error) {
        drop(batch.length, error);
      }
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    return writing;
  };

  return {
    add: (painted) => {
      waiting.push(...painted);
      const excess = waiting.length - kept;
      if (excess > 0) {
        waiting.splice(0, excess);
        drop(excess);
      }
      if (waiting.length >= most) void flush();
      else timer ??= setTimeout(flush, COLLECT_MS);
    },
    flush,
  };
}
