import { AppError } from "#/lib/kernel/app-error.ts";
import { withinRate } from "#/lib/redis/rate-limit.ts";
import { clientAddress } from "./client-address.ts";
import { redis } from "./redis.ts";

const WINDOW_SECONDS = 60;
/** A contact centre's agents share an address and start their shift together. */
const PER_ADDRESS = { limit: 600, windowSeconds: WINDOW_SECONDS };
const PER_CONNECTION = { limit: 1_200, windowSeconds: WINDOW_SECONDS };

/** Counts one request for a widget token; throws `rate_limited` past the limit of its address, or of its connection where it names one. */
export async function holdWidgetRate(request: Request, connection?: string): Promise<void> {
  const address = clientAddress(request.headers.get("x-forwarded-for"));
  const within = await Promise.all([
    withinRate(redis(), `widget:address:${address}`, PER_ADDRESS),
    connection === undefined || withinRate(redis(), `widget:connection:${connection}`, PER_CONNECTION),
  ]);
  if (!within.every(Boolean))
    throw new AppError("rate_limited", "Too many widgets at once; try again in a minute.");
}
