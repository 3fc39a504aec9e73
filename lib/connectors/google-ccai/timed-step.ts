import { isAppError } from "#/lib/kernel/app-error.ts";
import type { CheckContext, CheckStep } from "../connector.ts";
import type { Explained } from "./explain-failure.ts";

export type Outcome = { detail: string } | Explained;

/** A step of the test with the time that it took; a failure that is expected is put into words. */
export async function timed(
  { now }: Pick<CheckContext, "now">,
  name: string,
  run: () => Promise<Outcome>,
  explain: (error: Parameters<typeof isAppError>[0]) => Explained,
): Promise<CheckStep> {
  const from = now();
  const outcome = await run().catch((error: unknown) => {
    if (isAppError(error)) return explain(error);
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
