import { ApiError } from "./api-error.ts";
import type { Clock } from "./clock.ts";
import type { Settings } from "./settings.ts";
import type { Token } from "./tokens.ts";

const WINDOW_MS = 60_000;

export type RateLimit = {
  /** Counts one request and answers the headers that go with its answer, or refuses it (contract, section 7). */
  count(token: Token): Record<string, string>;
  clear(): void;
};

export function createRateLimit({ clock, settings }: { clock: Clock; settings: Settings }): RateLimit {
  const windows = new Map<string, { start: number; count: number }>();
  return {
    count(token) {
      // "per user per client": a second token of the same agent shares the budget
      const key = `${token.client.id}:${token.user?.id ?? ""}`;
      const known = windows.get(key);
      const current =
        known && clock.now() < known.start + WINDOW_MS ? known : { start: clock.now(), count: 0 };
      windows.set(key, current);
      current.count += 1;
      const reset = Math.max(1, Math.ceil((current.start + WINDOW_MS - clock.now()) / 1000));
      const headers = {
        "inin-ratelimit-count": String(current.count),
        "inin-ratelimit-allowed": String(settings.ratePerMinute),
        "inin-ratelimit-reset": String(reset),
      };
      if (current.count > settings.ratePerMinute)
        throw tooManyRequests(settings.ratePerMinute, reset, headers);
      return headers;
    },
    clear: () => windows.clear(),
  };
}

export function tooManyRequests(
  allowed: number,
  retryAfterSeconds: number,
  headers: Record<string, string> = {},
): ApiError {
  return new ApiError(
    429,
    "too.many.requests",
    `Rate limit exceeded the maximum [${allowed}] requests within [60] seconds`,
    {
      params: { limit: String(allowed) },
      headers: { ...headers, "retry-after": String(retryAfterSeconds) },
    },
  );
}
