import { type AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { CheckContext, CheckStep } from "./connector.ts";

export type Explained = { reason: string; remedy: string };
export type Outcome = { detail: string } | Explained;

/** A step of a connection's test with the time that it took; what the platform refuses is explained, all else rises. */
export async function timed(
  { now }: Pick<CheckContext, "now">,
  name: string,
  run: () => Promise<Outcome>,
  explain?: (error: AppError) => Explained,
): Promise<CheckStep> {
  const from = now();
  const outcome = await run().catch((error: unknown) => {
    if (explain && isAppError(error)) return explain(error);
    throw error;
  });
  const ms = Math.max(0, Math.round(now() - from));
  return "detail" in outcome
    ? { name, outcome: "passed", ms, detail: outcome.detail }
    : { name, outcome: "failed", ms, ...outcome };
}

export const notTried = (name: string): CheckStep => ({
  name,
  outcome: "not-tried",
  detail: "The steps above must pass first.",
});
