import type { ConversationLine } from "#/lib/conversations/conversation-detail.ts";
import { durationWords } from "../ui/time-words.ts";

const GAP_REASONS: Record<string, string> = {
  recognizer_behind: "the recognizer fell behind",
  platform_discarded: "the platform dropped the audio",
  paused: "the call was paused",
  recognizer_failed: "the recognizer failed",
};

const NOTICES: Record<string, string> = {
  language_unsupported: "The language of the call is not supported; nothing is transcribed.",
  recognizer_failed: "The recognizer failed; nothing is transcribed until it is back.",
  recognizer_recovered: "The recognizer is back.",
};

/** The line between the turns that an event leaves in a transcript. */
export function markWords(line: ConversationLine): string {
  switch (line.type) {
    case "conversation.started":
      return joined("Started", line.text);
    case "conversation.updated":
      return joined("Now", line.text);
    case "conversation.ended":
      return joined("Ended", line.text);
    case "transcript.gap":
      return `${durationWords(line.durationMs ?? 0)} missing: ${GAP_REASONS[line.text] ?? line.text}`;
    case "transcript.notice":
      return NOTICES[line.text] ?? line.text;
    case "suggestion.offered":
      return "The platform’s own assistant suggested something";
    case "utterance":
    case "question.asked":
      return line.text;
  }
}

const joined = (word: string, text: string) => (text ? `${word}: ${text}` : word);

/** Longer than that without a word is worth a mark of its own. */
const LEAST_PAUSE_MS = 60_000;

export function pauseBefore(
  line: ConversationLine,
  earlier: ConversationLine | undefined,
): number | undefined {
  if (!earlier || line.type === "conversation.ended") return undefined;
  const pause = Date.parse(line.at) - Date.parse(earlier.at);
  return pause >= LEAST_PAUSE_MS ? pause : undefined;
}

const FEEDBACK_WORDS: Record<string, string> = {
  copied: "Copied",
  inserted: "Inserted",
  opened: "Source opened",
  sent: "Sent to the customer",
};

/** What an agent did with a card; undefined for a verdict that was taken back. */
export function feedbackWords({ kind, value }: { kind: string; value: string }): string | undefined {
  if (kind !== "verdict") return FEEDBACK_WORDS[kind] ?? kind;
  if (value === "up") return "Helpful";
  return value === "down" ? "Rejected" : undefined;
}
