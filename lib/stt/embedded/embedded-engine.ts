import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { SpeechEngine, SpeechHandlers } from "../speech-engine.ts";
import { DecodeQueue } from "./decode-queue.ts";
import type { StartDecoder } from "./decoder.ts";
import { EmbeddedStream } from "./embedded-stream.ts";
import { type SegmentLimits, TELEPHONE_LIMITS } from "./segmenter.ts";
import { threadedDecoder } from "./threaded-decoder.ts";
import { threadedVoiceDetector } from "./threaded-voice-detector.ts";
import type { StartVoiceDetector } from "./voice-detector.ts";
import { VoiceListener } from "./voice-listener.ts";

export type EmbeddedEngineOptions = {
  /** Holds the two files that `scripts/fetch-speech-model.mjs` brings. */
  modelFolder: string;
  /** Threads that turn speech into text; one core is left to everything else. */
  decoders?: number;
  /** Whether text is shown while somebody is still speaking. */
  interims?: boolean;
  /** A stream's audio that waits longer than this is given up and reported as a gap. */
  waitingLimitMs?: number;
  /** A request that takes longer than this and half its own length means that the recognizer hangs. */
  deadlineMs?: number;
  limits?: Partial<SegmentLimits>;
  /** A fault of whoever listens to a stream, which costs nobody else anything. */
  onFault?: (error: unknown) => void;
  /** Another decoder or voice detector in place of the embedded threads: for tests and benches. */
  startDecoder?: StartDecoder;
  startVoiceDetector?: StartVoiceDetector;
};

const MODEL_FILES = ["encoder_model.onnx", "decoder_model_merged.onnx"];
const START_DEADLINE_MS = 60_000;

function requireModel(folder: string): void {
  if (MODEL_FILES.every((name) => existsSync(path.join(folder, name)))) return;
  throw new AppError(
    "not_found",
    "The speech model is not installed. Run: node scripts/fetch-speech-model.mjs",
    {
      context: { folder },
    },
  );
}

/** Moonshine base behind Silero VAD, all in this process's threads. Resolves when it is loaded and warm. */
export async function createEmbeddedEngine(options: EmbeddedEngineOptions): Promise<SpeechEngine> {
  if (!options.startDecoder) requireModel(options.modelFolder);
  const {
    decoders = Math.max(1, availableParallelism() - 1),
    interims = true,
    waitingLimitMs = 30_000,
    deadlineMs = 4000,
    startDecoder = threadedDecoder(options.modelFolder),
    startVoiceDetector = threadedVoiceDetector,
    onFault = () => undefined,
  } = options;
  const limits = { ...TELEPHONE_LIMITS, ...options.limits };
  const streams = new Set<EmbeddedStream>();
  let healthy = true;
  let nextId = 1;

  const onChange = () => {
    const now = queue.ready && listener.ready;
    if (now === healthy || !begun) return;
    healthy = now;
    for (const stream of streams) stream.health(healthy);
  };
  let begun = false;
  const common = { startDeadlineMs: START_DEADLINE_MS, deadlineMs, onChange };
  const queue = new DecodeQueue({ ...common, decoders, startDecoder });
  const listener = new VoiceListener({ ...common, startVoiceDetector, onFault });

  async function close(): Promise<void> {
    for (const stream of streams) stream.close();
    await Promise.all([queue.close(), listener.close()]);
  }

  try {
    await Promise.all([queue.begin(), listener.begin()]);
    begun = true;
  } catch (error) {
    await close();
    throw error;
  }

  function open(handlers: SpeechHandlers): EmbeddedStream {
    const stream = new EmbeddedStream({
      id: nextId++,
      handlers,
      queue,
      listener,
      limits,
      interims,
      waitingLimitMs,
      onClosed: (closed) => streams.delete(closed),
    });
    streams.add(stream);
    // Not from inside `open`: the caller has no stream yet that the news could be about.
    if (!healthy) queueMicrotask(() => stream.health(false));
    return stream;
  }

  return { name: "moonshine-base", languages: ["en"], open, close };
}
