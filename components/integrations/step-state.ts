import type { SetupStep } from "#/lib/connectors/manifest.ts";
import type { ShownStep } from "./check-step.ts";

/** `not-used`: this connection does without it. `failed` and `waiting` are its check's own words. */
export type StepState = "open" | "done" | "failed" | "waiting" | "not-used";

const PROVEN: Partial<Record<ShownStep["outcome"], StepState>> = {
  passed: "done",
  failed: "failed",
  waiting: "waiting",
  "not-used": "not-used",
};

/** How far a set-up step is. Its check knows best; without an answer of it a person's tick counts. */
export function stateOfStep(
  { id, check }: Pick<SetupStep, "id" | "check">,
  results: readonly ShownStep[],
  ticked: readonly string[],
): StepState {
  const proof = results.find(({ name }) => check !== undefined && name === check);
  const proven = proof && PROVEN[proof.outcome];
  return proven ?? (ticked.includes(id) ? "done" : "open");
}
