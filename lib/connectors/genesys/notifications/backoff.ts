const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before this attempt (1 is the first repeat): doubling, and never the same for two waiters. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(full * (0.5 + random() / 2));
}
