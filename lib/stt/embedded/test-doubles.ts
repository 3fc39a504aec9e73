import { FRAME_SAMPLES, toMs, toSamples } from "../audio-format.ts";
import type { SpeechEngine } from "../speech-engine.ts";
import type { DecodeRequest, Decoder } from "./decoder.ts";
import { createEmbeddedEngine, type EmbeddedEngineOptions } from "./embedded-engine.ts";
import type { Transcript } from "./moonshine.ts";
import type { VoiceFrames } from "./silero.ts";
import type { VoiceDetector } from "./voice-detector.ts";

/** A tone whose loudness names it; anything from 1000 up is speech to `loudnessDetector`. */
export function aTone(ms: number, loudness = 4000): Int16Array {
  return Int16Array.from({ length: toSamples(ms) }, (_, i) => (i % 2 === 0 ? loudness : -loudness));
}

export function silence(ms: number): Int16Array {
  return new Int16Array(toSamples(ms));
}

/** Calls loud frames speech, and counts the milliseconds it has heard. */
export function loudnessDetector(): VoiceDetector & { heardMs: number } {
  const exited = Promise.withResolvers<void>();
  const detector = {
    heardMs: 0,
    exited: exited.promise,
    close: () => exited.resolve(),
    forget: () => undefined,
    detect: async (batch: readonly VoiceFrames[]) =>
      batch.map(({ samples }) => {
        detector.heardMs += toMs(samples.length);
        return Float32Array.from({ length: samples.length / FRAME_SAMPLES }, (_, at) => {
          const frame = samples.subarray(at * FRAME_SAMPLES, (at + 1) * FRAME_SAMPLES);
          return frame.reduce((total, sample) => total + Math.abs(sample), 0) / FRAME_SAMPLES >= 500 ? 1 : 0;
        });
      }),
  };
  return detector;
}

/** The loudness that `aTone` was given, as a transcript. */
export function loudnessOf({ samples }: DecodeRequest): Transcript {
  return { text: `said ${samples.reduce((most, sample) => Math.max(most, sample), 0)}`, confidence: 0.9 };
}

type Answer = (request: DecodeRequest) => Promise<Transcript | undefined>;

/** A decoder that answers as it is told; by default with the loudness of what it hears. */
export function aDecoder(answer: Answer = async (request) => loudnessOf(request)) {
  const exited = Promise.withResolvers<void>();
  const requests: DecodeRequest[] = [];
  const decoder: Decoder & { requests: DecodeRequest[]; kill(): void; cancels: number } = {
    requests,
    cancels: 0,
    exited: exited.promise,
    kill: () => exited.resolve(),
    close: () => exited.resolve(),
    cancel: () => {
      decoder.cancels += 1;
    },
    decode(request) {
      requests.push(request);
      return answer(request);
    },
  };
  return decoder;
}

export const never = (): Promise<never> => new Promise<never>(() => undefined);

/** Engines with doubles for both their threads; `close` ends all that were made. */
export function engineMaker(defaults: Partial<EmbeddedEngineOptions> = {}) {
  const made: SpeechEngine[] = [];
  return {
    async engine(options: Partial<EmbeddedEngineOptions> = {}): Promise<SpeechEngine> {
      const engine = await createEmbeddedEngine({
        modelFolder: "not used",
        decoders: 1,
        interims: false,
        startDecoder: async () => aDecoder(),
        startVoiceDetector: async () => loudnessDetector(),
        ...defaults,
        ...options,
      });
      made.push(engine);
      return engine;
    },
    async close(): Promise<void> {
      await Promise.all(made.splice(0).map((engine) => engine.close()));
    },
  };
}
