import type { CheckStep } from "./connector.ts";
import type { Manifest } from "./manifest.ts";

/** The test of a platform that cannot be connected yet: says so, and tries nothing. */
export async function* plannedCheck(manifest: Manifest): AsyncIterable<CheckStep> {
  yield {
    name: "Connection",
    outcome: "not-tried",
    detail: `${manifest.label} cannot be connected yet: it arrives with a later version.`,
  };
}
