/** Attempts before work that keeps failing is dead, visible and left to a person. */
export const MOST_ATTEMPTS = 6;

/** The reason of what was begun that often and neither ended nor failed. */
export const PROCESS_ENDED = "its process ended while working on it";

/** Seconds until the next attempt: 1, 4, 16, 64, 256 (about six minutes in all). */
export function retryDelaySeconds(attempts: number): number {
  return 4 ** Math.max(0, attempts - 1);
}
