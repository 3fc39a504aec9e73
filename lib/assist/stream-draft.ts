import { type LanguageModel, streamText } from "ai";
import { sentencesOf } from "#/lib/knowledge/reading/sentences.ts";

/** An agent waits for nobody this long: past it the sources alone are shown. */
const TIMEOUT = { firstChunkMs: 6_000, chunkMs: 6_000, totalMs: 25_000 };
const MOST_OUTPUT_TOKENS = 500;

export type DraftRequest = { model: LanguageModel; instructions: string; prompt: string };

/** A finished sentence of a draft, as it comes. */
export type DraftPiece = { type: "first-token" } | { type: "sentence"; text: string };

/**
 * Streams a model's answer sentence by sentence; the last one comes when the model ends. Throws the
 * provider's error, or a timeout; nothing is retried, since the agent is waiting.
 */
export async function* streamDraft(request: DraftRequest): AsyncGenerator<DraftPiece> {
  const result = streamText({
    model: request.model,
    instructions: request.instructions,
    prompt: request.prompt,
    maxRetries: 0,
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    temperature: 0,
    timeout: TIMEOUT,
    onError: () => {},
  });
  let pending = "";
  let begun = false;
  for await (const part of result.stream) {
    if (part.type === "error") throw part.error;
    if (part.type === "abort") throw new Error("the model took too long");
    if (part.type !== "text-delta" || part.text === "") continue;
    if (!begun) yield { type: "first-token" };
    begun = true;
    pending += part.text;
    const sentences = sentencesOf(pending);
    const running = sentences.pop();
    for (const { text } of sentences) yield { type: "sentence", text };
    pending = running ? pending.slice(running.start) : pending;
  }
  if (pending.trim() !== "") yield { type: "sentence", text: pending.trim() };
}
