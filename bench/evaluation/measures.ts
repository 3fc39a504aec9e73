/** How one query went: the rank of the first relevant document, 0 for the first, Infinity for none. */
export type Outcome = number;

export type Interval = { value: number; low: number; high: number };

const RESAMPLES = 2_000;

export const hitAt = (k: number) => (rank: Outcome) => (rank < k ? 1 : 0);
export const reciprocal = (rank: Outcome) => 1 / (rank + 1);

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The mean with its 95 % bootstrap interval; the same data always gives the same interval. */
export function bootstrap(values: readonly number[]): Interval {
  const random = mulberry32(20_261_122);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] ?? 0;
    return sum / Math.max(1, values.length);
  }).sort((a, b) => a - b);
  const at = (share: number) => means[Math.floor(share * (RESAMPLES - 1))] ?? 0;
  return { value: mean(values), low: at(0.025), high: at(0.975) };
}

/** How much better one system is than another on the same queries. */
export function pairedDifference(ours: readonly number[], theirs: readonly number[]): Interval {
  return bootstrap(ours.map((value, i) => value - (theirs[i] ?? 0)));
}

export function percent({ value, low, high }: Interval): string {
  const [a, b, c] = [value, low, high].map((share) => (100 * share).toFixed(1));
  return `${a} [${b}, ${c}]`;
}

/** A small seeded generator; Math.random would give every run another interval. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
