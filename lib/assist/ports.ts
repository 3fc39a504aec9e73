import type { LanguageModel } from "ai";
import type { OfferedAnswer } from "#/lib/events/offered-answer.ts";
import type { ChosenModel } from "#/lib/routing/choose-profile.ts";

/** Opens a tenant's model with its unsealed key behind the outbound guard. Throws when the key does not open. */
export type OpenModel = (model: ChosenModel) => LanguageModel;

/** An assistant that the platform brings along; it is asked instead of our own knowledge. */
export type PlatformAssistant = {
  ask(turn: {
    conversationId: string;
    text: string;
    language: string | undefined;
  }): Promise<
    { kind: "answer"; answer: OfferedAnswer } | { kind: "none"; reason: string; fallback: boolean }
  >;
};

/** The connection's platform assistant; undefined where the admin has our own knowledge answer. */
export type FindPlatformAssistant = (place: {
  tenantId: string;
  connectionId: string;
}) => Promise<PlatformAssistant["ask"] | undefined>;
