const SAMPLES_PER_MS = 8;
const FRAME_MS = 20;
const FRAME_SAMPLES = FRAME_MS * SAMPLES_PER_MS;
/** 40 dB below the loudest frame. */
const QUIETER_THAN_LOUDEST = 1e-4;

export type Tracks = { customer: Int16Array; agent: Int16Array };

/** A final with its place in the stream, and when it was shown, in milliseconds since the stream began. */
export type SpokenFinal = {
  speaker: keyof Tracks;
  startMs: number;
  durationMs: number;
  shownMs: number;
};

/** Whether each 20 ms of a track hold speech. */
export function voicedFrames(samples: Int16Array): boolean[] {
  const energies: number[] = [];
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    const frame = samples.subarray(at, at + FRAME_SAMPLES);
    energies.push(frame.reduce((total, sample) => total + sample * sample, 0) / frame.length);
  }
  const floor = energies.reduce((most, energy) => Math.max(most, energy), 0) * QUIETER_THAN_LOUDEST;
  return energies.map((energy) => energy > floor);
}

/** How long after the last speech that a final covers it was shown; finals that cover none are left out. */
export function speechLatency(tracks: Tracks, finals: readonly SpokenFinal[]): number[] {
  const voiced = { customer: voicedFrames(tracks.customer), agent: voicedFrames(tracks.agent) };
  return finals.flatMap(({ speaker, startMs, durationMs, shownMs }) => {
    const first = Math.floor(startMs / FRAME_MS);
    const end = Math.ceil((startMs + durationMs) / FRAME_MS);
    const last = voiced[speaker].slice(first, end).lastIndexOf(true);
    return last < 0 ? [] : [shownMs - (first + last + 1) * FRAME_MS];
  });
}
