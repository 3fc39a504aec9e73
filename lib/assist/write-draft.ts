import type { OwnSuggestion, Sentence, Source } from "#/lib/events/suggestion.ts";
import type { Turn } from "#/lib/knowledge/search/compose-query.ts";
import type { ChosenModel } from "#/lib/routing/choose-profile.ts";
import { draftInstructions, draftPrompt } from "./draft-prompt.ts";
import type { GroundPassage } from "./ground/evidence.ts";
import { groundSentence } from "./ground/ground-sentence.ts";
import type { OpenModel } from "./ports.ts";
import type { FoundPassage } from "./retrieve.ts";
import { sourcesOf } from "./sources-of.ts";
import { streamDraft } from "./stream-draft.ts";

export type DraftInput = {
  turns: readonly Turn[];
  question: string;
  passages: readonly FoundPassage[];
  systemPrompt: string;
  model: ChosenModel;
  /** Called before the first word, when only the sources are known, and after each supported sentence. */
  onProgress: (progress: { sources: Source[]; sentences: readonly Sentence[] }) => void;
};

export type Drafted = {
  body: OwnSuggestion;
  /** What was withheld or failed, for the trail; never the text itself. */
  reasons: string[];
  /** Milliseconds since the epoch; undefined when no word came. */
  firstTokenAt: number | undefined;
};

/** A model's own citation marks; which passage supports a sentence is found out, not believed. */
const CITATION = /\s*\[\d+\]/g;
const NO_ANSWER = /^none\.?$/i;

/**
 * Lets a model write the answer and keeps, sentence by sentence, only what the passages support. A model
 * that fails, stalls or talks nonsense leaves the sources and a note; the reason is among `reasons`.
 */
export async function writeDraft(openModel: OpenModel, input: DraftInput): Promise<Drafted> {
  const sources = sourcesOf(input.passages);
  const evidence = evidenceFrom(input.passages);
  const sentences: Sentence[] = [];
  const reasons: string[] = [];
  let firstTokenAt: number | undefined;
  let failed = false;
  input.onProgress({ sources, sentences });
  try {
    for await (const piece of openDraft(openModel, input)) {
      if (piece.type === "first-token") firstTokenAt = Date.now();
      else if (takeSentence({ sentences, reasons }, piece.text, evidence))
        input.onProgress({ sources, sentences });
    }
  } catch (error) {
    failed = true;
    reasons.push(`model failed: ${failureWords(error)}`);
  }
  const note = noteOf(failed, sentences.length);
  const confidence = input.passages[0]?.score ?? 0;
  const body = { question: input.question, sentences, sources, origin: "model" as const, confidence };
  return { body: note ? { ...body, note } : body, reasons, firstTokenAt };
}

function openDraft(openModel: OpenModel, input: DraftInput) {
  return streamDraft({
    model: openModel(input.model),
    instructions: draftInstructions(input.systemPrompt),
    prompt: draftPrompt(input.turns, promptPassages(input.passages)),
  });
}

function noteOf(failed: boolean, supported: number): string | undefined {
  if (failed && supported > 0) return "The model broke off; this is what it had written.";
  if (failed) return "The model did not answer; these are the sources it was given.";
  if (supported === 0) return "The model wrote nothing that the sources support.";
  return undefined;
}

/** True when a sentence was kept; a withheld one leaves its reason only. */
function takeSentence(
  { sentences, reasons }: { sentences: Sentence[]; reasons: string[] },
  written: string,
  evidence: readonly GroundPassage[],
): boolean {
  const text = written.replace(CITATION, "").trim();
  if (text === "") return false;
  if (NO_ANSWER.test(text)) {
    reasons.push("the model found no answer in the sources");
    return false;
  }
  const grounded = groundSentence(text, evidence);
  if (!grounded.kept) {
    reasons.push(`withheld a sentence: ${grounded.reason}`);
    return false;
  }
  const citations = grounded.spans.map(({ chunkId, start, end }) => ({
    n: evidence.findIndex((passage) => passage.chunkId === chunkId) + 1,
    start,
    end,
  }));
  sentences.push({ text, citations });
  return true;
}

/** One array for all sentences of a draft: what it holds is read once per array. */
const evidenceFrom = (passages: readonly FoundPassage[]): GroundPassage[] =>
  passages.map(({ chunkId, chunk }) => ({ chunkId, title: chunk.title, text: chunk.text }));

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
