import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { ingestSide as eightByEight } from "./8x8/ingest-side.ts";
import { ingestSide as five9 } from "./five9/ingest-side.ts";
import { ingestSide as google } from "./google-ccai/ingest.ts";
import type { IngestSide } from "./ingest.ts";

const SIDES: Partial<Record<PlatformId, IngestSide>> = { "8x8": eightByEight, five9, "google-ccai": google };

/** How a platform's pushes are answered; undefined where the platform pushes nothing. */
export function ingestSideOf(platform: PlatformId): IngestSide | undefined {
  return SIDES[platform];
}
