import { defineConnector } from "../connector.ts";
import { plannedCheck } from "../planned-check.ts";
import { credentials } from "./credentials.ts";
import { manifest } from "./manifest.ts";
import { normalize } from "./normalize.ts";

export const five9 = defineConnector({
  manifest,
  credentials,
  check: () => plannedCheck(manifest),
  normalize,
});
