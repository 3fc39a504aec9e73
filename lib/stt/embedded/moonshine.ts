import path from "node:path";
import tokenizer from "llama-tokenizer-js";
import * as ort from "onnxruntime-node";
import { AppError } from "#/lib/kernel/app-error.ts";
import { loopLength } from "./repeat-guard.ts";

const LAYERS = 8;
const HEADS = 8;
const HEAD_SIZE = 52;
const START = 1n;
const END = 2;
const SAMPLES_PER_SECOND = 16_000;
/** The model card's limit; faster than that nobody speaks. */
const TOKENS_PER_SECOND = 13;
/** The model answers some real speech (rows of digits) with nothing at all unless its end is held back. */
const TOKENS_BEFORE_END = 2;
/** The encoder's convolutions need this much; shorter audio is padded with silence. */
const SHORTEST_SAMPLES = SAMPLES_PER_SECOND / 2;

export type MoonshineOptions = {
  /** True when the voice detector heard speech: then an empty answer is a mistake and not an answer. */
  speech: boolean;
  /** The audio breaks off while somebody is still speaking. */
  draft?: boolean;
  /** Asked between tokens; true ends the work early and the result is undefined. */
  cancelled?: () => boolean;
};

export type Transcript = {
  text: string /** 0 to 1, from the mean log-probability of the tokens. */;
  confidence: number;
};

export type Moonshine = {
  transcribe(audio16k: Float32Array, options: MoonshineOptions): Promise<Transcript | undefined>;
};

type Tensors = Record<string, ort.Tensor>;

function emptyPast(): Tensors {
  const past: Tensors = {};
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const part of ["decoder", "encoder"]) {
      for (const role of ["key", "value"]) {
        const empty = new ort.Tensor("float32", new Float32Array(0), [1, HEADS, 0, HEAD_SIZE]);
        past[`past_key_values.${layer}.${part}.${role}`] = empty;
      }
    }
  }
  return past;
}

/** The encoder's part is computed by the first step only; later steps return nothing of use for it. */
function carryOver(past: Tensors, output: Tensors, firstStep: boolean): void {
  for (const name of Object.keys(past)) {
    if (!firstStep && name.includes(".encoder.")) continue;
    const present = output[name.replace("past_key_values", "present")];
    if (present) past[name] = present;
  }
}

function mostLikely(logits: Float32Array, forbidden: number): { token: number; logProbability: number } {
  let token = -1;
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) {
    const value = logits[i] ?? Number.NEGATIVE_INFINITY;
    if (value > best && i !== forbidden) {
      best = value;
      token = i;
    }
  }
  let total = 0;
  for (let i = 0; i < logits.length; i++) if (i !== forbidden) total += Math.exp((logits[i] ?? 0) - best);
  return { token, logProbability: -Math.log(total) };
}

function padded(audio: Float32Array): Float32Array {
  if (audio.length >= SHORTEST_SAMPLES) return audio;
  const whole = new Float32Array(SHORTEST_SAMPLES);
  whole.set(audio);
  return whole;
}

type Spoken = {
  tokens: number[] /** Mean over the tokens, the end and a cut loop included. */;
  logProbability: number;
};

/** Greedy decoding, one token at a time. Undefined when it was cancelled. */
async function speak(
  decoder: ort.InferenceSession,
  hidden: ort.Tensor,
  { speech, draft, cancelled, limit }: MoonshineOptions & { limit: number },
): Promise<Spoken | undefined> {
  const past = emptyPast();
  const tokens: number[] = [];
  const logProbabilities: number[] = [];
  let last = START;
  for (let step = 0; step < limit; step++) {
    if (cancelled?.()) return undefined;
    const output = await decoder.run({
      ...past,
      input_ids: new ort.Tensor("int64", BigInt64Array.of(last), [1, 1]),
      encoder_hidden_states: hidden,
      use_cache_branch: new ort.Tensor("bool", [step > 0], [1]),
    });
    const forbidden = speech && step < TOKENS_BEFORE_END ? END : -1;
    const next = mostLikely(output.logits?.data as Float32Array, forbidden);
    logProbabilities.push(next.logProbability);
    if (next.token === END) break;
    tokens.push(next.token);
    const looping = loopLength(tokens, draft);
    if (looping > 0) {
      tokens.length -= looping;
      break;
    }
    last = BigInt(next.token);
    carryOver(past, output, step === 0);
  }
  const sum = logProbabilities.reduce((total, value) => total + value, 0);
  return { tokens, logProbability: sum / Math.max(1, logProbabilities.length) };
}

/** Loads the model; one instance answers one request at a time. */
export async function loadMoonshine(modelFolder: string): Promise<Moonshine> {
  const options: ort.InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  };
  const encoder = await ort.InferenceSession.create(path.join(modelFolder, "encoder_model.onnx"), options);
  const decoder = await ort.InferenceSession.create(
    path.join(modelFolder, "decoder_model_merged.onnx"),
    options,
  );

  return {
    async transcribe(audio, request) {
      const input = padded(audio);
      const encoded = await encoder.run({
        input_values: new ort.Tensor("float32", input, [1, input.length]),
      });
      const hidden = encoded.last_hidden_state;
      if (!hidden)
        throw new AppError("upstream_rejected", "The speech model answered without a hidden state.");
      const limit = Math.ceil((input.length / SAMPLES_PER_SECOND) * TOKENS_PER_SECOND);
      const spoken = await speak(decoder, hidden, { ...request, limit });
      if (!spoken) return undefined;
      const { tokens, logProbability } = spoken;
      const text = tokens.length > 0 ? tokenizer.decode(tokens, false, false).trim() : "";
      return { text, confidence: text ? Math.exp(logProbability) : 0 };
    },
  };
}
