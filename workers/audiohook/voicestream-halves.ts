import type { Redis } from "ioredis";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { Call } from "./ports.ts";
import type { Halves } from "./voicestream-ports.ts";

/** Longer than any call; a note is of no use afterwards and costs nothing meanwhile. */
const KEPT_SECONDS = 6 * 3600;

/** Each leg reaches whichever process it is sent to: this is how one knows that the other half has come elsewhere. */
export function redisHalves(redis: Redis): Halves {
  return {
    arrived: async (call, speaker) => void (await redis.set(keyOf(call, speaker), "1", "EX", KEPT_SECONDS)),
    has: async (call, speaker) => (await redis.exists(keyOf(call, speaker))) === 1,
  };
}

const keyOf = ({ connectionId, organizationId, conversationId }: Call, speaker: Speaker) =>
  `voicestream:half:${[connectionId, organizationId, conversationId].map(encodeURIComponent).join(":")}:${speaker}`;
