import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import type { IngestSide } from "./ingest.ts";

const SIDES: Partial<Record<PlatformId, IngestSide>> = {};

/** How a platform's pushes are answered; undefined where the platform pushes nothing. */
export function ingestSideOf(platform: PlatformId): IngestSide | undefined {
  return SIDES[platform];
}
