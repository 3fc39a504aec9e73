import { AppError } from "#/lib/kernel/app-error.ts";
import { withinRate } from "#/lib/redis/rate-limit.ts";
import { clientAddress } from "./client-address.ts";
import { redis } from "./redis.ts";

const WINDOW_SECONDS = 60;
const REQUESTS = { limit: 600, windowSeconds: WINDOW_SECONDS };
/** Wrong keys from one address: enough for a mistake, too few to guess with. */
const FAILURES = { limit: 30, windowSeconds: WINDOW_SECONDS };

/** Counts one request with this API key; throws `rate_limited` past its limit. */
export async function holdApiKeyRate(keyId: string): Promise<void> {
  if (await withinRate(redis(), `api:key:${keyId}`, REQUESTS)) return;
  const message = `This key may be used ${REQUESTS.limit} times a minute. Try again in a minute.`;
  throw new AppError("rate_limited", message);
}

/** Counts one request without a valid key from its address; throws `rate_limited` past the limit. */
export async function holdApiFailures(request: Request): Promise<void> {
  const address = clientAddress(request.headers.get("x-forwarded-for"));
  if (await withinRate(redis(), `api:address:${address}`, FAILURES)) return;
  throw new AppError("rate_limited", "Too many requests without a valid key. Try again in a minute.");
}
