import type { GapCause } from "./name-cause.ts";

export const MOST_GAPS = 50;

export type KnowledgeGap = {
  /** The newest question's event: names the group in an address. */
  id: string;
  question: string;
  count: number;
  unanswered: number;
  rejected: number;
  /** In the later half of the period and in the earlier one. */
  lately: number;
  before: number;
  cause: GapCause;
  queues: string[];
  /** A queue whose knowledge answers it, where that is the cause. */
  answeredIn: string | undefined;
  /** Where an article would help: the knowledge base of the queue that asked most. */
  base: { id: string; name: string } | undefined;
  document: { id: string; baseId: string; title: string } | undefined;
  examples: { eventId: string; conversationId: string; question: string; at: string }[];
};

export type KnowledgeGaps = {
  gaps: KnowledgeGap[];
  /** All such questions of the period. */
  total: number;
  /** Of more than a few thousand only every so manieth is grouped, and the counts are estimates from those. */
  every: number;
};
