import { type LanguageModel, streamText } from "ai";
import { sentencesOf } from "#/lib/knowledge/reading/sentences.ts";

/** An agent waits for nobody this long: past it the sources alone are shown. */
const TIMEOUTS = { firstChunkMs: 6_000, chunkMs: 6_000, totalMs: 25_000 };
const MOST_OUTPUT_TOKENS = 500;
/** A server may ignore the limit on tokens; what is longer than this is no answer, and costs time to read. */
const MOST_CHARACTERS = 8_000;

export type DraftRequest = { model: LanguageModel; instructions: string; prompt: string };

/** A finished sentence of a draft, as it comes. */
export type DraftPiece = { type: "first-token" } | { type: "sentence"; text: string };

/**
 * Streams a model's answer sentence by sentence; the last one comes when the model ends. Throws the
 * provider's error, or a timeout; nothing is retried, since the agent is waiting.
 */
export async function* streamDraft(request: DraftRequest, timeouts = TIMEOUTS): AsyncGenerator<DraftPiece> {
  // The SDK counts to the first piece only from the response's head; a server may never send one.
  const silence = new AbortController();
  const headless = setTimeout(() => silence.abort(tookTooLong()), timeouts.firstChunkMs);
  try {
    yield* sentencesFrom(open(request, timeouts, silence.signal), () => clearTimeout(headless));
  } finally {
    clearTimeout(headless);
  }
}

const tookTooLong = () => new DOMException("The model took too long.", "TimeoutError");

type DraftStream = ReturnType<typeof open>;

function open(request: DraftRequest, timeout: typeof TIMEOUTS, abortSignal: AbortSignal) {
  return streamText({
    model: request.model,
    instructions: request.instructions,
    prompt: request.prompt,
    maxRetries: 0,
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    temperature: 0,
    timeout,
    abortSignal,
    onError: () => {},
  }).stream;
}

async function* sentencesFrom(stream: DraftStream, onAnswer: () => void): AsyncGenerator<DraftPiece> {
  let pending = "";
  let length = 0;
  for await (const text of textsFrom(stream, onAnswer)) {
    if (length === 0) yield { type: "first-token" };
    length += text.length;
    if (length > MOST_CHARACTERS) throw new RangeError("The model does not stop writing.");
    pending += text;
    const sentences = sentencesOf(pending);
    const running = sentences.pop();
    for (const sentence of sentences) yield { type: "sentence", text: sentence.text };
    pending = running ? pending.slice(running.start) : pending;
  }
  if (pending.trim() !== "") yield { type: "sentence", text: pending.trim() };
}

async function* textsFrom(stream: DraftStream, onAnswer: () => void): AsyncGenerator<string> {
  for await (const part of stream) {
    if (part.type !== "start") onAnswer();
    if (part.type === "error") throw part.error;
    if (part.type === "abort") throw tookTooLong();
    if (part.type === "text-delta" && part.text !== "") yield part.text;
  }
}
