import type { AudiohookConnection, FindConnection } from "./ports.ts";

const KEPT_MS = 5_000;
const MOST_KEPT = 10_000;

/**
 * Keeps unsealed keys for a few seconds, so that a burst of calls costs one look-up. What an admin
 * changes (a rotation, a pause) therefore holds for new calls after five seconds at the latest.
 */
export function cachedConnections(find: FindConnection, now: () => number = Date.now): FindConnection {
  const kept = new Map<string, { until: number; found: Promise<AudiohookConnection | undefined> }>();
  return (publicId) => {
    const known = kept.get(publicId);
    if (known && known.until > now()) return known.found;
    if (kept.size >= MOST_KEPT) kept.clear();
    const found = find(publicId);
    kept.set(publicId, { until: now() + KEPT_MS, found });
    // A failed look-up is nobody's answer.
    found.catch(() => kept.delete(publicId));
    return found;
  };
}
