import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { eightByEight } from "./8x8/index.ts";
import type { Connector, Origin } from "./connector.ts";
import { five9 } from "./five9/index.ts";
import { genesys } from "./genesys/index.ts";
import { googleCcai } from "./google-ccai/index.ts";
import { salesforce } from "./salesforce/index.ts";

/** Where the pipeline finds what knows a platform; the one place that lists all of them. */
const CONNECTORS: Record<PlatformId, Connector> = {
  genesys,
  five9,
  "8x8": eightByEight,
  salesforce,
  "google-ccai": googleCcai,
};

export function connectorOf(platform: PlatformId): Connector {
  return CONNECTORS[platform];
}

/** A payload's events, read by its platform's connector. */
export function normalize(platform: PlatformId, payload: unknown, origin: Origin): ConversationEvent[] {
  return connectorOf(platform).normalize(payload, origin);
}
