import type { Database } from "#/lib/db/database.ts";
import type { SuggestionBody } from "#/lib/events/suggestion.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import { placeOf } from "#/lib/knowledge/search/place-of.ts";
import {
  type TryQuestionAnswer,
  type TryQuestionInput,
  tryQuestionInputSchema,
} from "#/lib/knowledge/try-question-job.ts";
import { readModel } from "#/lib/models/list-models.ts";
import { turnsForModel } from "#/lib/privacy/mask-turns.ts";
import { extractiveBody } from "./extractive-body.ts";
import type { OpenModel } from "./ports.ts";
import { type FoundPassage, type Retrieval, type RetrieveDeps, retrieve } from "./retrieve.ts";
import { writeDraft } from "./write-draft.ts";

export type TryDeps = RetrieveDeps & { db: Database; openModel: OpenModel };

/**
 * What a profile would answer to a question, saved or not, with the passages it found and why. It takes
 * the same way as a live turn, but for the trigger: who asks here asks on purpose.
 */
export async function answerTriedQuestion(deps: TryDeps, given: unknown): Promise<TryQuestionAnswer> {
  const input = parse(tryQuestionInputSchema, given);
  const { tenantId, profile, question } = input;
  const { knowledgeBaseId } = profile;
  if (!knowledgeBaseId) return { passages: [], silentBecause: "No knowledge base is chosen.", ms: {} };
  const began = performance.now();
  const turns = [{ speaker: "customer" as const, text: question }];
  const retrieval = await retrieve(deps, { tenantId, knowledgeBaseId }, turns);
  if (!retrieval) throw new AppError("not_found", "This knowledge base no longer exists.");
  const retrieved = performance.now();
  const threshold = profile.threshold ?? CARD_THRESHOLD;
  const answered = await answer(deps, input, { retrieval, threshold });
  const ms = { search: retrieved - began, answer: performance.now() - retrieved };
  return { passages: retrieval.passages.map(shownPassage), ...answered, threshold, ms };
}

type Found = { retrieval: Retrieval; threshold: number };

async function answer(
  deps: TryDeps,
  { tenantId, profile, question }: TryQuestionInput,
  { retrieval, threshold }: Found,
): Promise<Pick<TryQuestionAnswer, "answer" | "silentBecause">> {
  const passages = retrieval.passages.filter(({ score }) => score >= threshold);
  if (passages.length === 0) return { silentBecause: "No passage reaches the confidence that a card needs." };
  if (!profile.modelIntegrationId) {
    const extraction = extractiveBody(question, { ...retrieval, passages, threshold });
    return "reason" in extraction ? { silentBecause: extraction.reason } : { answer: extraction.body };
  }
  const model = await readModel(deps.db, tenantId, profile.modelIntegrationId);
  if (!model) throw new AppError("not_found", "This model integration no longer exists.");
  const asked = [{ speaker: "customer" as const, text: question }];
  const turns = await turnsForModel(deps.db, tenantId, asked);
  const draft = { turns, passages, systemPrompt: profile.systemPrompt, model };
  const { body } = await writeDraft(deps.openModel, { ...draft, question, onProgress: () => {} });
  return { answer: body satisfies SuggestionBody };
}

function shownPassage({ chunk, ...passage }: FoundPassage): TryQuestionAnswer["passages"][number] {
  const { documentId, score, lexical, dense, matchedTerms, why, rank, coverage, subject } = passage;
  const headingPath = placeOf(chunk);
  return {
    documentId,
    title: chunk.title,
    headingPath,
    text: chunk.text,
    score,
    lexical,
    dense,
    matchedTerms,
    rank,
    coverage,
    ...(subject !== undefined && { subject }),
    why,
  };
}
