import type { AssistOutcome, AssistRequest } from "#/lib/events/assist-turn.ts";
import type { Sentence, Source, SuggestionBody } from "#/lib/events/suggestion.ts";
import type { Publisher } from "#/lib/realtime/publisher.ts";
import type { ChosenModel, ChosenProfile } from "#/lib/routing/choose-profile.ts";
import { draftInstructions, draftPrompt } from "./draft-prompt.ts";
import { groundSentence } from "./ground/ground-sentence.ts";
import type { OpenModel } from "./ports.ts";
import type { FoundPassage } from "./retrieve.ts";
import { sourcesOf } from "./sources-of.ts";
import { streamDraft } from "./stream-draft.ts";

type Suggestion = Extract<AssistOutcome, { kind: "suggestion" }>;

export type DraftInput = {
  request: AssistRequest;
  question: string;
  passages: readonly FoundPassage[];
  profile: ChosenProfile;
  model: ChosenModel;
  card: Omit<Suggestion, "model" | "body">;
};

type DraftDeps = { publisher: Pick<Publisher, "ephemeral">; openModel: OpenModel };

/** A model's own citation marks; which passage supports a sentence is found out, not believed. */
const CITATION = /\s*\[\d+\]/g;
const NO_ANSWER = /^none\.?$/i;

/**
 * Lets the tenant's model write the answer. The sources are on screen before its first word; each
 * sentence is shown only once passages support it. A model that fails, stalls or talks nonsense
 * leaves the sources on the card and the reason on the trail.
 */
export async function draftAnswer(deps: DraftDeps, input: DraftInput): Promise<Suggestion> {
  const sources = sourcesOf(input.passages);
  const drafted = await writeDraft(deps, input, sources);
  const body: SuggestionBody = {
    question: input.question,
    sentences: drafted.sentences,
    sources,
    origin: "model",
    confidence: input.passages[0]?.score ?? 0,
    ...(drafted.note && { note: drafted.note }),
  };
  return {
    ...input.card,
    model: input.model.name,
    body,
    stages: { ...input.card.stages, ...drafted.stages, grounded: Date.now() },
    notes: [...input.card.notes, ...drafted.reasons],
  };
}

type Drafted = { sentences: Sentence[]; reasons: string[]; stages: { firstToken?: number }; note?: string };

async function writeDraft(deps: DraftDeps, input: DraftInput, sources: Source[]): Promise<Drafted> {
  const drafted: Drafted = { sentences: [], reasons: [], stages: {} };
  const show = () => publishDraft(deps, input, sources, drafted.sentences);
  show();
  try {
    const pieces = streamDraft({
      model: deps.openModel(input.model),
      instructions: draftInstructions(input.profile.systemPrompt),
      prompt: draftPrompt(input.request.turns, promptPassages(input.passages)),
    });
    for await (const piece of pieces) {
      if (piece.type === "first-token") drafted.stages.firstToken = Date.now();
      else if (takeSentence(drafted, piece.text, input.passages)) show();
    }
    if (drafted.sentences.length === 0) drafted.note = "The model wrote nothing that the sources support.";
  } catch (error) {
    drafted.reasons.push(`model failed: ${failureWords(error)}`);
    drafted.note = "The model did not answer; these are the sources it was given.";
  }
  return drafted;
}

/** Keeps a sentence that passages support; a withheld one leaves its reason, never its text. */
function takeSentence(drafted: Drafted, written: string, passages: readonly FoundPassage[]): boolean {
  const text = written.replace(CITATION, "").trim();
  if (text === "") return false;
  if (NO_ANSWER.test(text)) {
    drafted.reasons.push("the model found no answer in the sources");
    return false;
  }
  const grounded = groundSentence(
    text,
    passages.map(({ chunkId, chunk }) => ({ chunkId, text: chunk.text })),
  );
  if (!grounded.kept) {
    drafted.reasons.push(`withheld a sentence: ${grounded.reason}`);
    return false;
  }
  const citations = grounded.spans.map(({ chunkId, start, end }) => ({
    n: passages.findIndex((passage) => passage.chunkId === chunkId) + 1,
    start,
    end,
  }));
  drafted.sentences.push({ text, citations });
  return true;
}

function publishDraft(
  deps: DraftDeps,
  input: DraftInput,
  sources: Source[],
  sentences: readonly Sentence[],
): void {
  const { request, question } = input;
  deps.publisher.ephemeral(request, {
    kind: "draft",
    conversationId: request.platformConversationId,
    eventId: request.eventId,
    question,
    sources,
    text: sentences.map(({ text }) => text).join(" "),
  });
}

const promptPassages = (passages: readonly FoundPassage[]) =>
  passages.map(({ chunk }, index) => ({
    n: index + 1,
    title: chunk.title,
    headingPath: chunk.headingPath,
    text: chunk.text,
  }));

/** Names the failure without quoting what a server said: it may hold the customer's words. */
function failureWords(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const status =
    "statusCode" in error && typeof error.statusCode === "number" ? ` (HTTP ${error.statusCode})` : "";
  return `${error.name}${status}`;
}
