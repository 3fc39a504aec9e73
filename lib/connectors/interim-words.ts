import type { Speaker } from "#/lib/events/conversation-event.ts";

/** Words of a sentence that is still being spoken; the utterance of the same id takes their place. */
export type InterimWords = {
  conversationId: string;
  utteranceId: string;
  speaker: Speaker;
  text: string;
  /** When the platform published them, milliseconds since the epoch: of two of one sentence the later counts. */
  at: number | undefined;
};
