/**
 * Latencies in bins that grow by 4 %: a percentile read from them is at most 2 % off, whatever its size, and
 * histograms of intervals and connections add up. `across.latency_bin` in Postgres is the same function.
 */
const GROWTH = 1.04;

export type Histogram = ReadonlyMap<number, number>;

export function binOf(ms: number): number {
  return ms < 1 ? 0 : 1 + Math.floor(Math.log(ms) / Math.log(GROWTH));
}

/** The value whose distance to both ends of the bin is the same part of it. */
export function middleOf(bin: number): number {
  return bin <= 0 ? 0.5 : (2 * GROWTH ** bin) / (GROWTH + 1);
}

export function countOf(histogram: Histogram): number {
  let count = 0;
  for (const n of histogram.values()) count += n;
  return count;
}

/** The value that this part of all lies at or below (nearest rank); undefined of nothing. */
export function percentile(histogram: Histogram, part: number): number | undefined {
  const rank = Math.max(1, Math.ceil(countOf(histogram) * part));
  let seen = 0;
  for (const bin of [...histogram.keys()].sort((one, other) => one - other)) {
    seen += histogram.get(bin) ?? 0;
    if (seen >= rank) return middleOf(bin);
  }
  return undefined;
}

/** Adds `n` of one bin to a histogram under construction. */
export function addTo(histogram: Map<number, number>, bin: number, n: number): void {
  histogram.set(bin, (histogram.get(bin) ?? 0) + n);
}
