import { isAppError } from "#/lib/kernel/app-error.ts";
import type { CheckContext, CheckStep } from "../connector.ts";
import { explainFailure } from "./explain-failure.ts";

export type Outcome = { detail: string } | { reason: string; remedy: string };

/** A step of the test with the time that it took; what the platform refuses is explained, all else rises. */
export async function timed(
  { now }: Pick<CheckContext, "now">,
  name: string,
  run: () => Promise<Outcome>,
): Promise<CheckStep> {
  const from = now();
  const outcome = await run().catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    return explainFailure(error);
  });
  const ms = Math.max(0, Math.round(now() - from));
  return "detail" in outcome
    ? { name, outcome: "passed", ms, ...outcome }
    : { name, outcome: "failed", ms, ...outcome };
}
