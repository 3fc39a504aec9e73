import type { DurableMessage } from "#/lib/realtime/contract.ts";

type PaintedTime = { seq: number; receivedAt: number; paintedAt: number };

const COLLECT_MS = 100;
const MOST = 500;

export type PaintedReport = {
  /** How far this computer's clock lies behind the server's. */
  setClock(offsetMs: number): void;
  received(messages: readonly DurableMessage[]): void;
  painted(onScreen: ReadonlyMap<number, unknown>): void;
  close(): void;
};

/** Tells the server, a few times a second, when messages came and when they were on screen. */
export function createPaintedReport(send: (painted: PaintedTime[]) => void): PaintedReport {
  const receivedAt = new Map<number, number>();
  const known = new Set<number>();
  let offset = 0;
  let waiting: PaintedTime[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    timer = undefined;
    const corrected = waiting.map(({ seq, receivedAt: received, paintedAt }) => ({
      seq,
      receivedAt: received + offset,
      paintedAt: paintedAt + offset,
    }));
    waiting = [];
    for (let start = 0; start < corrected.length; start += MOST) send(corrected.slice(start, start + MOST));
  };

  return {
    setClock: (offsetMs) => {
      offset = offsetMs;
    },
    received: (messages) => {
      for (const { seq } of messages)
        if (!known.has(seq)) receivedAt.set(seq, receivedAt.get(seq) ?? Date.now());
    },
    painted: (onScreen) => {
      const paintedAt = Date.now();
      for (const [seq, received] of receivedAt) {
        if (!onScreen.has(seq)) continue;
        waiting.push({ seq, receivedAt: received, paintedAt });
        receivedAt.delete(seq);
        known.add(seq);
      }
      if (waiting.length > 0) timer ??= setTimeout(flush, COLLECT_MS);
    },
    close: () => clearTimeout(timer),
  };
}
