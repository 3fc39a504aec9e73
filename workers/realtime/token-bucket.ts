/** How much of one thing a socket may do: `burst` at once, then `perSecond`. */
export type Rate = { burst: number; perSecond: number };

export type TokenBucket = { take(now: number): boolean };

export function createTokenBucket({ burst, perSecond }: Rate): TokenBucket {
  let tokens = burst;
  let filledAt = 0;
  return {
    take: (now) => {
      tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) * perSecond) / 1000);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
