const MOST_KEPT = 500;
const kept = new Map<string, { until: number; value: Promise<unknown> }>();

/**
 * The same answer for a while, for figures that a page asks for every two seconds and that change far slower.
 * A failure is not kept. The key must name everything that the answer depends on, the tenant above all.
 */
export function rememberFor<T>(ms: number, key: string, read: () => Promise<T>, nowMs: number): Promise<T> {
  const known = kept.get(key);
  if (known && known.until > nowMs) return known.value as Promise<T>;
  const value = read();
  kept.delete(key);
  kept.set(key, { until: nowMs + ms, value });
  value.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return value;
}
