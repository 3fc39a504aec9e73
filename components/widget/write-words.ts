import type { WriteBackState } from "#/lib/events/write-back.ts";

const WORDS: Record<WriteBackState, string> = {
  sending: "sending…",
  sent: "sent",
  failed: "not sent",
  unconfirmed: "not confirmed",
  discarded: "given up",
};

export const writeWords = (state: WriteBackState): string => WORDS[state];
