import { type KeyRing, parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { webEnv } from "./web-env.ts";

let parsed: KeyRing | undefined;

/** The keys that open sealed credentials, parsed at their first use. */
export function keyRing(): KeyRing {
  parsed ??= parseKeyRing(webEnv().KEY_RING);
  return parsed;
}
