const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A wrong key stays wrong until somebody acts; asking often would only fill the platform's log. */
const HOPELESS_MS = 60_000;

/** Exponential, with full jitter: many holders that lost one broker must not come back together. */
export function reconnectDelay(attempt: number, passing: boolean, random: () => number): number {
  if (!passing) return HOPELESS_MS / 2 + random() * HOPELESS_MS;
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return ceiling / 4 + random() * ceiling * 0.75;
}
