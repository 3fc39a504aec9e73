import type { LanguageModel } from "ai";
import type { ChosenModel } from "#/lib/routing/choose-profile.ts";

/** Opens a tenant's model with its unsealed key behind the outbound guard. Throws when the key does not open. */
export type OpenModel = (model: ChosenModel) => LanguageModel;

/** One question to a model and its whole answer; rejects when it fails or the signal says stop. */
export type AskModel = (ask: {
  instructions: string;
  prompt: string;
  signal: AbortSignal;
}) => Promise<string>;
