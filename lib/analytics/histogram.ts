/** Buckets grow by a twentieth of a power of e: a value read back is within 3 % of the one that went in. */
export const BUCKETS_PER_E = 20;

/** Times counted by size; sums of it are sums of its buckets, which percentiles are not. */
export class Histogram {
  private readonly counts = new Map<number, number>();

  add(bucket: number, count: number): void {
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + count);
  }

  /** In milliseconds (nearest rank); undefined while nothing was counted. */
  percentile(share: number): number | undefined {
    const buckets = [...this.counts].filter(([, count]) => count > 0).sort(([one], [other]) => one - other);
    const total = buckets.reduce((sum, [, count]) => sum + count, 0);
    let left = Math.ceil(total * share);
    for (const [bucket, count] of buckets) {
      left -= count;
      if (left <= 0) return Math.round(Math.exp(bucket / BUCKETS_PER_E));
    }
    return undefined;
  }
}
