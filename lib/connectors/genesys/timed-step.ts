import type { CheckContext, CheckStep } from "../connector.ts";

export type Outcome = { detail: string } | { reason: string; remedy: string };

/** A step of the test with the time that it took. */
export async function timed(
  context: Pick<CheckContext, "now">,
  name: string,
  run: () => Promise<Outcome>,
): Promise<CheckStep> {
  const from = context.now();
  const outcome = await run();
  const ms = Math.max(0, Math.round(context.now() - from));
  return "detail" in outcome
    ? { name, outcome: "passed", ms, ...outcome }
    : { name, outcome: "failed", ms, ...outcome };
}

export function notTried(name: string): CheckStep {
  return { name, outcome: "not-tried", detail: "The steps above must pass first." };
}
