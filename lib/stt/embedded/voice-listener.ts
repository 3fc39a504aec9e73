import { FRAME_SAMPLES } from "../audio-format.ts";
import { Supervisor } from "./supervisor.ts";
import type { StartVoiceDetector, VoiceDetector } from "./voice-detector.ts";

/** A stream, as the listener sees it. */
export type VoiceSource = {
  readonly id: number;
  /** The next whole frames, none when there are none; not asked again before `heard`. */
  takeFrames(most: number): Int16Array;
  heard(samples: Int16Array, probabilities: Float32Array): void;
};

type Batch = readonly { source: VoiceSource; samples: Int16Array }[];

/** Streams are gathered for this long, because together they cost a fifth of what they cost alone. */
const GATHER_MS = 20;
/** Two seconds: a stream that comes in a lump does not hold up the others. */
const FRAMES_AT_ONCE = 64;

type VoiceListenerOptions = {
  startVoiceDetector: StartVoiceDetector;
  startDeadlineMs: number;
  deadlineMs: number;
  onChange: () => void;
  /** A stream threw where it was told what was heard. */
  onFault: (error: unknown) => void;
};

/** Passes all streams' audio through the one voice detector, and again through its successor when it fails. */
export class VoiceListener {
  readonly #sources = new Set<VoiceSource>();
  readonly #supervisor: Supervisor<VoiceDetector>;
  readonly #deadlineMs: number;
  readonly #onFault: (error: unknown) => void;
  #unanswered: Batch | undefined;
  #busy = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: VoiceListenerOptions) {
    this.#deadlineMs = options.deadlineMs;
    this.#onFault = options.onFault;
    this.#supervisor = new Supervisor<VoiceDetector>({
      start: options.startVoiceDetector,
      startDeadlineMs: options.startDeadlineMs,
      onChange: () => {
        options.onChange();
        this.wake();
      },
    });
  }

  get ready(): boolean {
    return this.#supervisor.ready;
  }

  begin(): Promise<void> {
    return this.#supervisor.begin();
  }

  add(source: VoiceSource): void {
    this.#sources.add(source);
  }

  remove(source: VoiceSource): void {
    this.#sources.delete(source);
    this.forget(source);
  }

  forget(source: VoiceSource): void {
    this.#supervisor.current?.forget(source.id);
  }

  /** There is new audio. */
  wake(): void {
    if (this.#busy || !this.ready) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#listen();
    }, GATHER_MS);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sources.clear();
    await this.#supervisor.close();
  }

  async #listen(): Promise<void> {
    const batch = this.#unanswered ?? this.#gather();
    if (this.#busy || !this.ready || batch.length === 0) return;
    this.#busy = true;
    this.#unanswered = batch;
    try {
      const frames = batch.map(({ source, samples }) => ({ streamId: source.id, samples }));
      const answers = await this.#supervisor.run((detector) => detector.detect(frames), this.#deadlineMs);
      this.#unanswered = undefined;
      batch.forEach(({ source, samples }, at) => {
        const probabilities = answers[at] ?? new Float32Array(samples.length / FRAME_SAMPLES);
        if (this.#sources.has(source)) this.#tell(source, samples, probabilities);
      });
    } catch {
      // The supervisor is replacing the detector; `onChange` wakes the listener for the same batch.
    } finally {
      this.#busy = false;
      this.wake();
    }
  }

  /** A stream that fails to take its answer costs the others nothing: they hear theirs. */
  #tell(source: VoiceSource, samples: Int16Array, probabilities: Float32Array): void {
    try {
      source.heard(samples, probabilities);
    } catch (error) {
      this.#onFault(error);
    }
  }

  #gather(): Batch {
    return [...this.#sources]
      .map((source) => ({ source, samples: source.takeFrames(FRAMES_AT_ONCE) }))
      .filter(({ samples }) => samples.length > 0);
  }
}
