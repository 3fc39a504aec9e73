import type { SessionCounters } from "#/lib/audiohook/session-contract.ts";

const RECENT = 1000;

export type Percentiles = { count: number; p50: number; p95: number; p99: number };

function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export function noCounts(): SessionCounters {
  return {
    droppedFrames: 0,
    droppedSamples: 0,
    ignoredMessages: 0,
    protocolErrors: 0,
    clientErrors: 0,
    positionMismatches: 0,
  };
}

export function addCounts(total: SessionCounters, counts: SessionCounters): void {
  for (const name of Object.keys(total) as (keyof SessionCounters)[]) total[name] += counts[name];
}

/** What this process has seen since it started; ended sessions only, the running ones are added on reading. */
export class Measurements {
  readonly #handshakes: number[] = [];
  readonly ended = noCounts();
  refusedUpgrades = 0;
  waitingRefusals = 0;
  repeatedNonces = 0;
  lostResults = 0;

  /** Milliseconds from reading `open` to handing `opened` to the socket. */
  handshake(ms: number): void {
    this.#handshakes.push(ms);
    if (this.#handshakes.length > RECENT) this.#handshakes.shift();
  }

  recentHandshakes(): Percentiles {
    return percentiles(this.#handshakes);
  }
}
