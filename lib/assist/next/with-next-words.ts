import type { OwnSuggestion } from "#/lib/events/suggestion.ts";
import type { FoundPassage } from "../retrieve.ts";
import { followUps } from "./follow-ups.ts";
import { quickReplies } from "./quick-replies.ts";

/** A card with what the agent may send or ask next, where the answer and its neighbors give any. */
export function withNextWords(body: OwnSuggestion, found: readonly FoundPassage[]): OwnSuggestion {
  if (body.sentences.length === 0) return body;
  const replies = quickReplies(body.sentences);
  const questions = followUps(found, body);
  return {
    ...body,
    ...(replies.length > 0 && { replies }),
    ...(questions.length > 0 && { followUps: questions }),
  };
}
