import { defineConnector } from "../connector.ts";
import { plannedCheck } from "../planned-check.ts";
import { plannedNormalize } from "../planned-normalize.ts";
import { credentials } from "./credentials.ts";
import { manifest } from "./manifest.ts";

/** Shown in the portal with what it will need; it cannot be connected yet. */
export const eightByEight = defineConnector({
  manifest,
  credentials,
  check: () => plannedCheck(manifest),
  normalize: plannedNormalize(manifest),
});
