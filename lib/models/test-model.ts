import { APICallError, streamText } from "ai";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import type { ModelIntegration } from "./list-models.ts";
import { MODEL_KIND_FACTS } from "./model-kinds.ts";
import { keyHeaders, openKey, openLanguageModel } from "./open-language-model.ts";

/** One step of a test: what was tried, how it went, what to do about it. */
export type ModelTestStep =
  | { name: string; outcome: "passed"; ms: number; detail?: string }
  | { name: string; outcome: "failed"; ms: number; reason: string; remedy: string }
  | { name: string; outcome: "not-tried"; detail: string };

export type TestModelDeps = { ring: KeyRing; outbound: Outbound; now: () => number };

type Outcome = { detail: string } | { reason: string; remedy: string };
type Step = { name: string; run: () => Promise<Outcome> };

const ANSWER_TIMEOUT_MS = 30_000;
const LISTING_TIMEOUT_MS = 8_000;

/** Tries a model the way answers will use it, one step after another; the first failure ends it. */
export async function* testModel(
  deps: TestModelDeps,
  row: ModelIntegration,
  signal: AbortSignal,
): AsyncIterable<ModelTestStep> {
  const steps: Step[] = [
    { name: "Address", run: () => tryAddress(deps, row) },
    { name: "Server and key", run: () => tryListing(deps, row, signal) },
    { name: "Streamed answer", run: () => tryStream(deps, row, signal) },
  ];
  let failed = false;
  for (const { name, run } of steps) {
    if (failed) {
      yield { name, outcome: "not-tried", detail: "The step above must pass first." };
      continue;
    }
    const from = deps.now();
    const outcome = await run();
    const ms = Math.max(0, Math.round(deps.now() - from));
    failed = "reason" in outcome;
    yield "reason" in outcome
      ? { name, outcome: "failed", ms, ...outcome }
      : { name, outcome: "passed", ms, ...outcome };
  }
}

async function tryAddress({ outbound }: TestModelDeps, row: ModelIntegration): Promise<Outcome> {
  try {
    await outbound.check(row.baseUrl);
    return { detail: `${new URL(row.baseUrl).host} may be reached` };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return {
      reason: error.message,
      remedy: "Check the address. For a server in your own network, ask the operator to allow it.",
    };
  }
}

/** Not every server lists its models, so only what is certain counts as a failure here. */
async function tryListing(
  { outbound, ring }: TestModelDeps,
  row: ModelIntegration,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const response = await outbound.fetch(`${row.baseUrl}/models`, {
      headers: keyHeaders(row, openKey(row, ring)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(LISTING_TIMEOUT_MS)]),
    });
    const refused = await refusesKey(response);
    if (!response.bodyUsed) await response.body?.cancel();
    if (refused) return keyRefused(response.status);
    if (response.ok) return { detail: "The server answers and accepts the key" };
    return {
      detail: `The server answers (${response.status} for its list of models; not every server has one)`,
    };
  } catch (error) {
    return unreachable(error, row);
  }
}

/** Gemini answers 400 to a key that it does not know, and says so in words only. */
async function refusesKey(response: Response): Promise<boolean> {
  if (response.status === 401 || response.status === 403) return true;
  return response.status === 400 && /api[ _]key/i.test((await response.text()).slice(0, 2_000));
}

async function tryStream(deps: TestModelDeps, row: ModelIntegration, signal: AbortSignal): Promise<Outcome> {
  const from = deps.now();
  let firstToken: number | undefined;
  let text = "";
  try {
    const { fullStream } = streamText({
      model: openLanguageModel(row, deps.ring, deps.outbound),
      prompt: "Answer with the one word: ready",
      maxOutputTokens: 200,
      maxRetries: 0,
      abortSignal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      onError: () => {},
    });
    for await (const part of fullStream) {
      if (part.type === "error") return streamFailure(part.error, row);
      if (part.type === "abort") return tooSlow();
      if (part.type !== "text-delta") continue;
      firstToken ??= deps.now() - from;
      text += part.text;
    }
  } catch (error) {
    return streamFailure(error, row);
  }
  if (firstToken === undefined) {
    return {
      reason: "The model ended without a word.",
      remedy: "Check that the model's name is one that writes text.",
    };
  }
  const shown = text.trim().slice(0, 60);
  return { detail: `First token after ${Math.round(firstToken)} ms: "${shown}"` };
}

function streamFailure(error: unknown, row: ModelIntegration): Outcome {
  if (APICallError.isInstance(error) && error.statusCode !== undefined) {
    const status = error.statusCode;
    if (status === 401 || status === 403) return keyRefused(status);
    if (status === 404)
      return { reason: `The server answers 404 for ${row.model}.`, remedy: pathRemedy(row) };
    if (status === 429)
      return {
        reason: "The server answers 429: too many requests.",
        remedy: "Look at the account's quota with the provider.",
      };
    return {
      reason: `The server answers ${status}.`,
      remedy: "Look at the server's own log or status page, then test again.",
    };
  }
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError"))
    return tooSlow();
  return unreachable(error, row);
}

function pathRemedy({ kind }: ModelIntegration): string {
  const { baseUrl } = MODEL_KIND_FACTS[kind];
  const address = baseUrl
    ? `the address is ${baseUrl}, or a gateway's that leads there`
    : "the address ends where /chat/completions begins (often /v1)";
  return `Check the model's name, and that ${address}.`;
}

function keyRefused(status: number): Outcome {
  return {
    reason: `The server refuses the key (${status}).`,
    remedy: "Enter a valid API key for this server.",
  };
}

function tooSlow(): Outcome {
  return {
    reason: `No complete answer within ${ANSWER_TIMEOUT_MS / 1000} s.`,
    remedy: "Choose a faster model or look at the server's load: agents wait for this.",
  };
}

function unreachable(error: unknown, { kind }: ModelIntegration): Outcome {
  const reason = isAppError(error)
    ? error.message
    : "The server cannot be reached, or its answer makes no sense.";
  return {
    reason,
    remedy: `Check the address, and that the server runs and speaks ${MODEL_KIND_FACTS[kind].speaks}.`,
  };
}
