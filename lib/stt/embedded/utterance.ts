import { randomUUID } from "node:crypto";
import { toMs, toSamples } from "../audio-format.ts";
import type { Recognition } from "../speech-engine.ts";
import type { DecodeJob, DecodeQueue } from "./decode-queue.ts";
import type { FinalsLine, Place } from "./finals-line.ts";
import type { Transcript } from "./moonshine.ts";
import type { Stretch } from "./segmenter.ts";

/** What an utterance needs of the stream it belongs to. */
export type UtteranceContext = {
  queue: DecodeQueue;
  line: FinalsLine;
  audio(from: number, to: number): Int16Array;
  /** How much audio the stream has received, in samples. */
  received(): number;
  onInterim(recognition: Recognition): void;
};

const INTERIM_EVERY_SAMPLES = toSamples(800);
/** Of the first interim's audio this much is the pre-roll's silence, and half a word is guessed wrongly. */
const FIRST_INTERIM_LATER_SAMPLES = toSamples(400);
/** With less, the detector may have heard a cough: the model may then answer with nothing. */
const SURE_OF_SPEECH_MS = 250;
/** With less, nobody is asked at all. */
const SHORTEST_SPEECH_MS = 96;
/** Below this the model guesses: real speech, noisy too, stays above 0.35; noise taken for speech lies around 0.2. */
const LEAST_CONFIDENCE = 0.25;

/** What of a transcript can be shown. */
function understood(transcript: Transcript): Transcript | "nothing" {
  const readable = /[\p{L}\p{N}]/u.test(transcript.text);
  return readable && transcript.confidence >= LEAST_CONFIDENCE ? transcript : "nothing";
}

type Ending = { stretch: Stretch; place: Place; job: DecodeJob; transcript?: Transcript; failed: boolean };

/** One utterance from its first sound to its place in the line of finals. */
export class Utterance {
  readonly #id = randomUUID();
  readonly #context: UtteranceContext;
  #interim: DecodeJob | undefined;
  #interimEnd: number;
  #latest: Stretch | undefined;
  #shown = "";
  /** The final as it would be if nothing more was said. */
  #likely: Ending | undefined;
  #over = false;

  constructor(start: number, context: UtteranceContext) {
    this.#context = context;
    this.#interimEnd = start + FIRST_INTERIM_LATER_SAMPLES;
  }

  /** The utterance goes on; at most one request for its text so far is under way, and takes the latest audio. */
  grown(so: Stretch): void {
    this.#latest = so;
    if (this.#interim || this.#likely || so.voicedMs < SURE_OF_SPEECH_MS) return;
    if (so.end - this.#interimEnd < INTERIM_EVERY_SAMPLES) return;
    let taken = so;
    const job: DecodeJob = {
      rank: "interim",
      take: () => {
        taken = this.#latest ?? so;
        this.#interimEnd = taken.end;
        return { samples: this.#context.audio(taken.start, taken.end), speech: true, draft: true };
      },
      settle: (transcript) => {
        if (this.#interim === job) this.#interim = undefined;
        if (transcript) this.#show(transcript, taken);
      },
    };
    this.#interim = job;
    this.#context.queue.submit(job);
  }

  paused(stretch: Stretch): void {
    this.#dropInterim();
    if (stretch.voicedMs < SHORTEST_SPEECH_MS) return;
    this.#likely = this.#ending(stretch, "likely-final");
    this.#context.queue.submit(this.#likely.job);
  }

  resumed(): void {
    if (this.#likely) this.#context.queue.withdraw(this.#likely.job);
    this.#likely = undefined;
  }

  ended(stretch: Stretch): void {
    this.#over = true;
    this.#dropInterim();
    if (stretch.voicedMs < SHORTEST_SPEECH_MS) return;
    const likely = this.#likely;
    if (!likely || likely.failed || likely.stretch.end !== stretch.end) {
      this.resumed();
      const ending = this.#ending(stretch, "final");
      this.#context.line.join(ending.place);
      this.#context.queue.submit(ending.job);
      return;
    }
    this.#context.line.join(likely.place);
    if (likely.transcript) this.#context.line.settle(likely.place, understood(likely.transcript));
    else this.#context.queue.promote(likely.job);
  }

  /** The stream is closing: nothing more is wanted. */
  abandon(): void {
    this.#over = true;
    this.#dropInterim();
    this.resumed();
  }

  #ending(stretch: Stretch, rank: "final" | "likely-final"): Ending {
    const { line, received } = this.#context;
    const samples = this.#context.audio(stretch.start, stretch.end);
    const place: Place = {
      utteranceId: this.#id,
      start: stretch.start,
      end: stretch.end,
      running: false,
    };
    const ending: Ending = {
      stretch,
      place,
      failed: false,
      job: {
        rank,
        take: () => {
          const from = line.claim(place, received());
          if (from === undefined) return undefined;
          const waited = samples.subarray(from - stretch.start);
          return { samples: waited, speech: stretch.voicedMs >= SURE_OF_SPEECH_MS };
        },
        settle: (transcript) => {
          if (!this.#over) this.#foreseen(ending, transcript);
          else line.settle(place, transcript ? understood(transcript) : "recognizer_failed");
        },
        returned: () => {
          place.running = false;
        },
      },
    };
    return ending;
  }

  #foreseen(ending: Ending, transcript: Transcript | undefined): void {
    if (this.#likely !== ending) return;
    ending.failed = !transcript;
    ending.transcript = transcript;
    if (transcript) this.#show(transcript, ending.stretch);
  }

  #dropInterim(): void {
    if (this.#interim) this.#context.queue.withdraw(this.#interim);
    this.#interim = undefined;
  }

  #show(transcript: Transcript, { start, end }: Stretch): void {
    const { text } = transcript;
    if (this.#over || text === this.#shown || understood(transcript) === "nothing") return;
    this.#shown = text;
    const span = { startMs: toMs(start), durationMs: toMs(end) - toMs(start) };
    this.#context.onInterim({ utteranceId: this.#id, text, ...span });
  }
}
