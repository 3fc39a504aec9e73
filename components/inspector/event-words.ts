import type { State } from "../ui/badge.tsx";

const TYPE_WORDS: Record<string, string> = {
  "conversation.started": "Started",
  "conversation.updated": "Updated",
  utterance: "Utterance",
  "transcript.gap": "Gap",
  "transcript.notice": "Notice",
  "question.asked": "Question",
  "suggestion.offered": "Offered answer",
  "conversation.ended": "Ended",
  delivery: "Unread delivery",
};

export function typeWord(type: string): string {
  return TYPE_WORDS[type] ?? type;
}

const STAGE_WORDS: Record<string, string> = {
  received: "Received",
  stored: "Stored",
  validated: "Validated",
  routed: "Routed",
  started: "Started",
  recorded: "Recorded",
  triggered: "Trigger",
  retrieved: "Retrieved",
  firstToken: "First token",
  grounded: "Grounded",
  emitted: "Emitted",
  acknowledged: "Acknowledged",
  painted: "Painted",
};

export function stageWord(stage: string): string {
  return STAGE_WORDS[stage] ?? stage;
}

/** How an event is doing, in a word and with the icon that goes with it. */
export function stateOf(row: { state: string; outcome: string; attempts: number }): {
  state: State;
  word: string;
} {
  if (row.state === "dead") return { state: "error", word: "Dead" };
  if (row.state === "parked") return { state: "info", word: "Parked" };
  if (row.state === "pending")
    return row.attempts > 0
      ? { state: "warn", word: `Retrying (${row.attempts})` }
      : { state: "busy", word: "Pending" };
  if (row.outcome === "suggested") return { state: "ok", word: "Suggested" };
  if (row.outcome === "sources only") return { state: "warn", word: "Sources only" };
  if (row.outcome.startsWith("no source")) return { state: "info", word: "No source" };
  return { state: "off", word: "Done" };
}
