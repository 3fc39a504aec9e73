import { FRAME_SAMPLES, toMs, toSamples } from "../audio-format.ts";

export type SegmentLimits = {
  /** Speech begins above the first and goes on above the second, so that a weak syllable does not end it. */
  beginProbability: number;
  stayProbability: number;
  /** Speech shorter than this begins nothing: a click, a breath. */
  onsetMs: number;
  preRollMs: number;
  /** Kept after the last voiced frame: final consonants are weaker than the detector's threshold. */
  tailMs: number;
  /** Silence after which the likely final is worked out in advance. */
  speculateMs: number;
  hangOverMs: number;
  /** Pieces with less speech than `shortMs` wait longer for what may follow ("S", "M", "I" spelled out). */
  shortMs: number;
  shortHangOverMs: number;
  /** From here on the first good pause ends the segment, so that `longestMs` need not cut into speech. */
  longMs: number;
  longHangOverMs: number;
  longestMs: number;
  /** How far back from `longestMs` the quietest point is looked for. */
  cutSearchMs: number;
};

export const TELEPHONE_LIMITS: SegmentLimits = {
  beginProbability: 0.5,
  stayProbability: 0.35,
  onsetMs: 64,
  preRollMs: 300,
  tailMs: 300,
  speculateMs: 400,
  hangOverMs: 750,
  shortMs: 1000,
  shortHangOverMs: 1000,
  longMs: 10_000,
  longHangOverMs: 450,
  longestMs: 15_000,
  cutSearchMs: 5000,
};

/** Positions are samples of the stream. `voicedMs` is how much of the stretch the detector called speech. */
export type Stretch = { start: number; end: number; voicedMs: number };

export type SegmentEvent =
  | { kind: "started"; start: number }
  /** The speech so far may be all of it. */
  | { kind: "paused"; stretch: Stretch }
  | { kind: "resumed" }
  | { kind: "ended"; stretch: Stretch };

export type Frame = { start: number; probability: number /** Mean square. */; energy: number };

type Running = { start: number; frames: Frame[]; voicedFrames: number; voicedEnd: number; paused: boolean };

const FRAME_MS = toMs(FRAME_SAMPLES);
/** Three frames, a tenth of a second: shorter dips in loudness are inside words (the closure of a "t"). */
const CUT_WINDOW_FRAMES = 3;

/** Decides where utterances begin and end, from one stream's frames in order. Pure: no clock, no audio. */
export class Segmenter {
  readonly #limits: SegmentLimits;
  #floor: number;
  #onset: Frame[] = [];
  #running: Running | undefined;

  constructor(limits: SegmentLimits = TELEPHONE_LIMITS, position = 0) {
    this.#limits = limits;
    this.#floor = position;
  }

  /** Where the running utterance begins. */
  get start(): number | undefined {
    return this.#running?.start;
  }

  get voicedMs(): number {
    return (this.#running?.voicedFrames ?? 0) * FRAME_MS;
  }

  /** Audio before this will not be asked for. */
  keepFrom(position: number): number {
    const oldest = this.#running?.start ?? this.#onset[0]?.start ?? position;
    return Math.max(this.#floor, oldest - toSamples(this.#limits.preRollMs));
  }

  advance(frame: Frame): SegmentEvent[] {
    return this.#running ? this.#goOn(this.#running, frame) : this.#listen(frame);
  }

  /** Ends the running utterance, as far as there is one; the next begins at `position`, the end of the audio, or later. */
  end(position: number): SegmentEvent[] {
    const running = this.#running;
    this.#running = undefined;
    this.#onset = [];
    if (!running) {
      this.#floor = position;
      return [];
    }
    const stretch = this.#stretch(running, position);
    this.#floor = Math.max(position, stretch.end);
    return [{ kind: "ended", stretch }];
  }

  #listen(frame: Frame): SegmentEvent[] {
    if (frame.probability < this.#limits.beginProbability) {
      this.#onset = [];
      return [];
    }
    this.#onset.push(frame);
    if (this.#onset.length * FRAME_MS < this.#limits.onsetMs) return [];
    const first = this.#onset[0] ?? frame;
    const start = Math.max(this.#floor, first.start - toSamples(this.#limits.preRollMs));
    this.#running = {
      start,
      frames: this.#onset,
      voicedFrames: this.#onset.length,
      voicedEnd: frame.start + FRAME_SAMPLES,
      paused: false,
    };
    this.#onset = [];
    return [{ kind: "started", start }];
  }

  #goOn(running: Running, frame: Frame): SegmentEvent[] {
    running.frames.push(frame);
    const now = frame.start + FRAME_SAMPLES;
    if (frame.probability >= this.#limits.stayProbability) {
      running.voicedFrames += 1;
      running.voicedEnd = now;
      const events: SegmentEvent[] = running.paused ? [{ kind: "resumed" }] : [];
      running.paused = false;
      return toMs(now - running.start) >= this.#limits.longestMs
        ? [...events, ...this.#cut(running, now)]
        : events;
    }
    const silenceMs = toMs(now - running.voicedEnd);
    if (silenceMs >= this.#hangOverMs(running)) return this.end(running.voicedEnd);
    if (!running.paused && silenceMs >= this.#limits.speculateMs) {
      running.paused = true;
      return [{ kind: "paused", stretch: this.#stretch(running) }];
    }
    return [];
  }

  #hangOverMs(running: Running): number {
    if (running.voicedFrames * FRAME_MS < this.#limits.shortMs) return this.#limits.shortHangOverMs;
    const long = toMs(running.voicedEnd - running.start) >= this.#limits.longMs;
    return long ? this.#limits.longHangOverMs : this.#limits.hangOverMs;
  }

  #stretch(running: Running, position = 0): Stretch {
    const last = running.frames.at(-1);
    const heard = Math.max(position, last ? last.start + FRAME_SAMPLES : running.voicedEnd);
    const end = Math.min(heard, running.voicedEnd + toSamples(this.#limits.tailMs));
    return { start: running.start, end, voicedMs: running.voicedFrames * FRAME_MS };
  }

  /** Somebody talks without a pause: part the speech where it is quietest and go on with the rest. */
  #cut(running: Running, now: number): SegmentEvent[] {
    const from = now - toSamples(this.#limits.cutSearchMs);
    const index = quietestFrame(running.frames, from);
    const rest = running.frames.slice(index);
    const at = rest[0]?.start ?? now;
    const voiced = rest.filter(({ probability }) => probability >= this.#limits.stayProbability).length;
    this.#running = { start: at, frames: rest, voicedFrames: voiced, voicedEnd: now, paused: false };
    this.#floor = at;
    const voicedMs = (running.voicedFrames - voiced) * FRAME_MS;
    return [
      { kind: "ended", stretch: { start: running.start, end: at, voicedMs } },
      { kind: "started", start: at },
    ];
  }
}

/** The middle of the quietest tenth of a second that begins at or after `from`. */
function quietestFrame(frames: readonly Frame[], from: number): number {
  let quietest = frames.length - 1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + CUT_WINDOW_FRAMES <= frames.length; i++) {
    if ((frames[i]?.start ?? 0) < from) continue;
    const loudness = frames.slice(i, i + CUT_WINDOW_FRAMES).reduce((total, { energy }) => total + energy, 0);
    if (loudness < least) {
      least = loudness;
      quietest = i + Math.floor(CUT_WINDOW_FRAMES / 2);
    }
  }
  return quietest;
}
