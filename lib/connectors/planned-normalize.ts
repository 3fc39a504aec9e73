import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Manifest } from "./manifest.ts";

/** No door takes deliveries of a platform that cannot be connected yet; one that comes in anyway is refused in words. */
export function plannedNormalize(manifest: Manifest): () => ConversationEvent[] {
  return () => {
    throw new AppError("invalid_input", `This version does not read events of ${manifest.label} yet.`);
  };
}
