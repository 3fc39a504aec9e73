import type { Channel, EventType, Speaker } from "#/lib/events/conversation-event.ts";
import type { SearchLog } from "#/lib/events/search-log.ts";
import type { SuggestionBody } from "#/lib/events/suggestion.ts";
import type { SummaryFieldName } from "#/lib/events/summary.ts";
import type { WriteBackKind, WriteBackState } from "#/lib/events/write-back.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

/** A conversation as its page shows it. It travels to a browser: every text in it is redacted. */
export type ConversationDetail = {
  id: string;
  platformId: string;
  connection: { id: string; name: string; platform: PlatformId };
  channel: Channel | undefined;
  queue: string | undefined;
  agent: string | undefined;
  language: string | undefined;
  startedAt: string;
  endedAt: string | undefined;
  figures: ConversationFigures;
  summary: ConversationSummary | undefined;
  writeBacks: ConversationWriteBack[];
  lines: ConversationLine[];
  /** Where the transcript goes on; a long one comes in parts. */
  next: string | undefined;
};

export type ConversationFigures = {
  events: number;
  deadEvents: number;
  shown: number;
  used: number;
  rejected: number;
  unanswered: number;
};

/** One event, in the platform's order, and what it came to. */
export type ConversationLine = {
  eventId: string;
  at: string;
  type: EventType;
  speaker: Speaker | undefined;
  text: string;
  /** Of a gap. */
  durationMs: number | undefined;
  state: "pending" | "done" | "dead";
  outcome: string;
  /** What was searched for this line, where the trail has kept it. */
  search: SearchLog | undefined;
  cards: ConversationCard[];
};

export type ConversationCard = {
  id: string;
  generation: number;
  body: SuggestionBody;
  /** From the customer's words at the door to the card's sending, and to its painting. */
  waitMs: number | undefined;
  paintedMs: number | undefined;
  feedback: { agentId: string; kind: string; value: string; at: string }[];
  versions: CardVersions;
};

/** What made a card. Of a version from before versions were kept only its number is known. */
export type CardVersions = {
  profileId: string;
  profileVersion: number;
  queueName: string | undefined;
  systemPrompt: string | undefined;
  knowledgeBaseId: string | undefined;
  knowledgeBase: string | undefined;
  knowledgeVersion: number;
  model: string;
  threshold: number | undefined;
};

export type ConversationSummary = {
  version: number;
  state: string;
  reason: string | undefined;
  model: string | undefined;
  draftedAt: string | undefined;
  fields: {
    name: SummaryFieldName;
    text: string;
    locked: boolean;
    sentences: { text: string; evidence: string[] }[];
  }[];
};

export type ConversationWriteBack = {
  id: string;
  kind: WriteBackKind;
  state: WriteBackState;
  agent: string | undefined;
  text: string;
  code: string | undefined;
  reason: string | undefined;
  attempts: number;
  at: string;
};
