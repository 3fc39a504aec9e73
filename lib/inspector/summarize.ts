import { redactText } from "#/lib/redaction/redact.ts";

type Data = Record<string, unknown>;

const GAP_REASONS: Record<string, string> = {
  recognizer_behind: "the recognizer was behind",
  platform_discarded: "the platform discarded audio",
  paused: "the call was paused",
  recognizer_failed: "the recognizer failed",
};

/** One line about an event for a list, with personal data taken out. */
export function summarizeEvent(type: string, data: Data): string {
  return redactText(words(type, data)).slice(0, 300);
}

function words(type: string, data: Data): string {
  switch (type) {
    case "utterance":
      return `${capital(text(data.speaker))}: ${text(data.text)}`;
    case "question.asked":
      return `Agent asks: ${text(data.text)}`;
    case "suggestion.offered":
      return `${text(data.by)}: ${text(data.question)}`;
    case "transcript.gap":
      return `${seconds(data.durationMs)} not recognized: ${GAP_REASONS[text(data.reason)] ?? text(data.reason)}`;
    case "transcript.notice":
      return [text(data.code).replaceAll("_", " "), text(data.language)].filter(Boolean).join(": ");
    case "conversation.ended":
      return text(data.reason).replaceAll("_", " ");
    default:
      return context(data);
  }
}

function context(data: Data): string {
  const parts = [
    text(data.channel),
    named(data.queue, "queue"),
    named(data.agent, "agent"),
    text(data.language),
  ];
  return parts.filter(Boolean).join(", ") || "nothing more is known";
}

function named(value: unknown, what: string): string {
  if (value === null || typeof value !== "object") return "";
  const { id, name } = value as { id?: unknown; name?: unknown };
  const shown = text(name) || text(id);
  return shown && `${what} ${shown}`;
}

function seconds(value: unknown): string {
  return typeof value === "number" ? `${(value / 1000).toFixed(1)} s` : "Some audio";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
