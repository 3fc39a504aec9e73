/** Every wait of this process, in milliseconds; tests shorten them. */
export type Timings = {
  /** Every refused upgrade takes at least this long, so that its cause cannot be timed. */
  refusalMs: number;
  /** The look-up of a connection; beyond it the upgrade fails. */
  lookupMs: number;
  /** From upgrade to `open`. */
  openMs: number;
  /** For the last results after `close`: `closed` must be out within 8 s, the platform gives up at 10 s. */
  flushMs: number;
  /** From our `disconnect`, or `closed`, until the client has closed the socket. */
  goodbyeMs: number;
  /** No byte from a client that should ping every 5 s: its socket is dead. */
  silenceMs: number;
  /** How long running calls may go on after a shutdown began. */
  drainMs: number;
  /** How long results may still be delivered after the last call of a shutdown. */
  deliveryMs: number;
  /** How often widgets are told that a call is still paused: one may have come meanwhile. */
  pausedMs: number;
  /** First wait before a refused result is delivered again, or a recognizer opened again; doubles. */
  retryMs: number;
};

export const TIMINGS: Timings = {
  refusalMs: 500,
  lookupMs: 5000,
  openMs: 30_000,
  flushMs: 7000,
  goodbyeMs: 12_000,
  silenceMs: 120_000,
  drainMs: 30_000,
  deliveryMs: 5000,
  pausedMs: 5000,
  retryMs: 200,
};

const LONGEST_RETRY_MS = 5000;

export function retryDelay(firstMs: number, attempt: number): number {
  return Math.min(LONGEST_RETRY_MS, firstMs * 2 ** Math.min(attempt, 10));
}

/** True when `work` settled in time; its failure counts as settled. The timer never outlives the race. */
export async function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = work.then(
    () => true,
    () => true,
  );
  const result = await Promise.race([done, late]);
  clearTimeout(timer);
  return result;
}
