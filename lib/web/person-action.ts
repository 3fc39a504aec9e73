import { headers } from "next/headers";
import type * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { withinRate } from "#/lib/redis/rate-limit.ts";
import { type ActionResult, answerAction } from "./action.ts";
import { clientAddress } from "./client-address.ts";
import { type CurrentUser, currentUser } from "./current-user.ts";
import { redis } from "./redis.ts";

const WINDOW_SECONDS = 15 * 60;
/** Each may cost a slow hash, and a guess at a password or a link. */
const MOST_ATTEMPTS = 20;

/** A server action about the person who is signed in, whatever their tenants. */
export function userAction<S extends z.ZodType, R extends object>(
  schema: S,
  run: (input: z.output<S>, user: CurrentUser) => Promise<R>,
): (input: unknown) => Promise<ActionResult<R>> {
  return (input) =>
    answerAction(schema, input, async (parse) => {
      const user = await currentUser();
      if (!user) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
      await refuseMany(`account:${user.id}`);
      const parsed = parse();
      return parsed.ok ? { ok: true, ...(await run(parsed.value, user)) } : parsed;
    });
}

/** A server action for who has no session; attempts are counted by address. */
export function visitorAction<S extends z.ZodType, R extends object>(
  schema: S,
  run: (input: z.output<S>) => Promise<R>,
): (input: unknown) => Promise<ActionResult<R>> {
  return (input) =>
    answerAction(schema, input, async (parse) => {
      await refuseMany(`visitor:${clientAddress((await headers()).get("x-forwarded-for"))}`);
      const parsed = parse();
      return parsed.ok ? { ok: true, ...(await run(parsed.value)) } : parsed;
    });
}

async function refuseMany(key: string): Promise<void> {
  const within = await withinRate(redis(), key, { limit: MOST_ATTEMPTS, windowSeconds: WINDOW_SECONDS });
  if (!within) throw new AppError("rate_limited", "Too many attempts. Wait 15 minutes, then try again.");
}
