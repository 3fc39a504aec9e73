import { defineConnector } from "../connector.ts";
import { check } from "./connection.ts";
import { credentials } from "./credentials.ts";
import { manifest } from "./manifest.ts";
import { normalize } from "./normalize.ts";
import { hold } from "./subscription.ts";

export const eightByEight = defineConnector({
  manifest,
  credentials,
  check,
  normalize,
  // Interactions come in no other way.
  subscription: { wanted: () => true, hold },
});
