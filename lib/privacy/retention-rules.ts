/** Kinds of data that are kept for a time of their own, in the order in which they are deleted. */
export const RETENTION_KINDS = [
  "payload",
  "suggestion",
  "summary",
  "conversation",
  "metric",
  "audit",
] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** Days for each kind. */
export type RetentionDays = Record<RetentionKind, number>;

export type RetentionRule = { label: string; hint: string; least: number; unit: string };

/** An audit log that is too short helps nobody who looks into something; ten years is the most that laws ask for. */
export const MOST_DAYS = 3_650;

export const RETENTION_RULES: Record<RetentionKind, RetentionRule> = {
  payload: {
    label: "Raw payloads",
    hint: "What platforms sent, as it came. Replays and the raw view in the inspector need it.",
    least: 1,
    unit: "payloads",
  },
  suggestion: {
    label: "Suggestions and feedback",
    hint: "The cards with their sources, and what agents made of them.",
    least: 7,
    unit: "suggestions",
  },
  summary: {
    label: "Summaries",
    hint: "What was drafted and what agents wrote over it. What was saved to the platform stays there.",
    least: 7,
    unit: "summaries",
  },
  conversation: {
    label: "Conversations",
    hint: "Transcripts with all that belongs to them, their suggestions and summaries too.",
    least: 7,
    unit: "conversations",
  },
  metric: {
    label: "Metrics",
    hint: "Counts and latencies behind the charts of Service Health. They hold no one's words.",
    least: 30,
    unit: "intervals",
  },
  audit: {
    label: "Audit log",
    hint: "Who changed or read what.",
    least: 90,
    unit: "entries",
  },
};
