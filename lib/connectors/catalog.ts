import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { manifest as eightByEight } from "./8x8/manifest.ts";
import { manifest as five9 } from "./five9/manifest.ts";
import { manifest as genesys } from "./genesys/manifest.ts";
import { manifest as googleCcai } from "./google-ccai/manifest.ts";
import type { Manifest } from "./manifest.ts";
import { manifest as salesforce } from "./salesforce/manifest.ts";

/** Every platform's facts, in the order that tables show them. Safe for the browser. */
export const CATALOG: readonly Manifest[] = [genesys, five9, eightByEight, salesforce, googleCcai];

const BY_ID = Object.fromEntries(CATALOG.map((manifest) => [manifest.id, manifest])) as Record<
  PlatformId,
  Manifest
>;

export function manifestOf(platform: PlatformId): Manifest {
  return BY_ID[platform];
}
