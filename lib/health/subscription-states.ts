import type { Redis } from "ioredis";
import * as z from "zod";

/** Whoever holds a subscription says again how it does in good time before this. */
const KEPT_SECONDS = 60;
const key = (connectionId: string) => `subscription:${connectionId}`;

/** How a connection's subscription does, as its holder last said. */
export const heldSubscriptionSchema = z.object({
  state: z.enum(["connecting", "live", "waiting"]),
  detail: z.string().optional(),
  /** Since when it is in this state. */
  since: z.coerce.number().optional(),
  lastMessageAt: z.coerce.number().optional(),
  lagMs: z.coerce.number().optional(),
  reconnects: z.coerce.number(),
  fence: z.coerce.number(),
  at: z.coerce.number(),
});
export type HeldSubscription = z.output<typeof heldSubscriptionSchema>;

export async function writeSubscriptionState(
  redis: Redis,
  connectionId: string,
  held: HeldSubscription,
): Promise<void> {
  const fields = Object.entries(held).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  await redis
    .multi()
    .del(key(connectionId))
    .hset(key(connectionId), ...fields)
    .expire(key(connectionId), KEPT_SECONDS)
    .exec();
}

/** Only its own word: another process may have taken over already. */
export async function removeSubscriptionState(
  redis: Redis,
  connectionId: string,
  fence: number,
): Promise<void> {
  if ((await redis.hget(key(connectionId), "fence")) === String(fence)) await redis.del(key(connectionId));
}

/** By connection id; a connection whose subscription nobody holds is left out. Throws while Redis is away. */
export async function readSubscriptionStates(
  redis: Redis,
  connectionIds: readonly string[],
): Promise<Map<string, HeldSubscription>> {
  if (connectionIds.length === 0) return new Map();
  const batch = redis.pipeline();
  for (const id of connectionIds) batch.hgetall(key(id));
  const answers = (await batch.exec()) ?? [];
  return new Map(
    connectionIds.flatMap((id, index) => {
      const parsed = heldSubscriptionSchema.safeParse(answers[index]?.[1] ?? {});
      return parsed.success ? [[id, parsed.data] as const] : [];
    }),
  );
}
