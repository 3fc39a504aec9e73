export type Pinger = {
  start(): void;
  stop(): void;
  /** Takes a pong; the round trip in milliseconds, or undefined when it answers no ping of ours. */
  pong(clientseq: number): number | undefined;
};

type Options = {
  firstMs: number;
  everyMs: number;
  now: () => number;
  /** Sends a ping and returns its number. */
  send: (lastRttMs: number | undefined) => number;
  missed: () => void;
};

/** One ping soon after the start, a second after the first answer, then one at every interval. */
export function createPinger(options: Options): Pinger {
  let timer: NodeJS.Timeout | undefined;
  let waiting: { seq: number; at: number } | undefined;
  let lastRttMs: number | undefined;

  const ping = () => {
    if (waiting) {
      options.missed();
      return;
    }
    waiting = { seq: options.send(lastRttMs), at: options.now() };
    timer = setTimeout(ping, options.everyMs);
  };

  return {
    start() {
      timer = setTimeout(ping, options.firstMs);
    },
    stop() {
      clearTimeout(timer);
    },
    pong(clientseq) {
      if (!waiting || waiting.seq !== clientseq) return undefined;
      const first = lastRttMs === undefined;
      lastRttMs = options.now() - waiting.at;
      waiting = undefined;
      if (first) {
        clearTimeout(timer);
        ping();
      }
      return lastRttMs;
    },
  };
}
