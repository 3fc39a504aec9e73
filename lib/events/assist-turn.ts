import type { Speaker } from "./conversation-event.ts";
import type { OfferedAnswer } from "./offered-answer.ts";
import type { SearchLog } from "./search-log.ts";
import type { SuggestionBody } from "./suggestion.ts";
import type { TrailStage } from "./trail.ts";

/** A turn that may deserve a card, with what was said before it, oldest first and itself last. */
export type AssistRequest = {
  tenantId: string;
  connectionId: string;
  platformConversationId: string;
  queueId: string | undefined;
  eventId: string;
  /** The agent asked on purpose: no trigger decides, and "nothing found" is said. */
  asked: boolean;
  turns: { speaker: Speaker; text: string }[];
  /** What the platform's own assistant has offered: nothing is to be decided, only to be shown. */
  offered?: OfferedAnswer;
};

type Traced = { stages: Partial<Record<TrailStage, number>>; notes: string[]; search?: SearchLog };

/** What came of it. Everything but a failure is an answer; a failure is thrown. */
export type AssistOutcome = Traced &
  (
    | { kind: "silent"; reason: string }
    | { kind: "no-source"; question: string; reason: string }
    | {
        kind: "suggestion";
        profileId: string;
        profileVersion: number;
        knowledgeVersion: number;
        model: string;
        body: SuggestionBody;
      }
  );

/** A model may take seconds: then the answer says so at once, and the conversation's next event need not wait. */
export type Assist = (
  request: AssistRequest,
) => Promise<AssistOutcome | { kind: "drafting"; finished: Promise<AssistOutcome> }>;
