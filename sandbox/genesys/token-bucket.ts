/** Says yes as often as the rate allows, with so many at once after a rest. */
export function tokenBucket(options: { perSecond: number; burst: number; now: () => number }): () => boolean {
  let tokens = options.burst;
  let at = options.now();
  return () => {
    const moment = options.now();
    tokens = Math.min(options.burst, tokens + ((moment - at) / 1000) * options.perSecond);
    at = moment;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
