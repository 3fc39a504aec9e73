/** The platform cuts off servers that send more than this (peers agree on 5 a second, burst 25). */
export const MESSAGES_PER_SECOND = 5;
export const MESSAGE_BURST = 25;

/** A token bucket on a clock passed in. Urgent messages spend tokens too, but never wait for one. */
export type TokenBucket = { tokens: number; filledAtMs: number; blockedUntilMs: number };

export function fullBucket(nowMs: number): TokenBucket {
  return { tokens: MESSAGE_BURST, filledAtMs: nowMs, blockedUntilMs: 0 };
}

function refill(bucket: TokenBucket, nowMs: number): void {
  const elapsedMs = Math.max(0, nowMs - bucket.filledAtMs);
  bucket.tokens = Math.min(MESSAGE_BURST, bucket.tokens + (elapsedMs * MESSAGES_PER_SECOND) / 1000);
  bucket.filledAtMs = nowMs;
}

/** For messages that must go at once: the cost falls on the ones that can wait. */
export function spendUrgent(bucket: TokenBucket, nowMs: number): void {
  refill(bucket, nowMs);
  bucket.tokens = Math.max(0, bucket.tokens - 1);
}

/** Takes a token, or says in how many milliseconds to ask again (0: taken). */
export function takeToken(bucket: TokenBucket, nowMs: number): number {
  refill(bucket, nowMs);
  if (nowMs < bucket.blockedUntilMs) return bucket.blockedUntilMs - nowMs;
  if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * 1000) / MESSAGES_PER_SECOND);
  bucket.tokens -= 1;
  return 0;
}
