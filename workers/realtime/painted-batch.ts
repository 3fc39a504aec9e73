import type { Log } from "#/lib/kernel/log.ts";
import type { Painted } from "#/lib/realtime/record-painted.ts";

const COLLECT_MS = 200;
const MOST = 1_000;

export type PaintedBatch = { add(painted: readonly Painted[]): void; flush(): Promise<void> };

/**
 * Collects what widgets say they have painted and writes it a few times a second: measurements, for
 * which a row a message would cost more than they tell. What cannot be written is dropped and logged.
 */
export function createPaintedBatch(
  record: (painted: readonly Painted[]) => Promise<void>,
  log: Log,
): PaintedBatch {
  let waiting: Painted[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0)
      writing = writing
        .then(() => record(batch))
        .catch((error: unknown) =>
          log.warn({ err: error, count: batch.length }, "painted times were not written"),
        );
    return writing;
  };

  return {
    add: (painted) => {
      waiting.push(...painted);
      if (waiting.length >= MOST) void flush();
      else timer ??= setTimeout(flush, COLLECT_MS);
    },
    flush,
  };
}
