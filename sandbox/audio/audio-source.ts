import { encodeMuLaw, MU_LAW_SILENCE } from "./g711.ts";
import { createResampler } from "./resample.ts";
import { telephoneTrack } from "./telephone-track.ts";
import type { Recording } from "./wav.ts";

export const TELEPHONE_RATE = 8000;

/** Who is heard: the customer outside, or the agent's side. The words are AudioHook's. */
export type AudioChannel = "external" | "internal";

/** Mu-law at 8 kHz, one byte a sample, from a file or from someone who is speaking now. */
export type AudioSource = {
  channels: readonly AudioChannel[];
  /** Undefined while nobody knows when it ends. */
  totalSamples?: number;
  /** The next samples of each channel; fewer than asked at the end, undefined after it. */
  take(samples: number): { length: number; channel(name: AudioChannel): Uint8Array } | undefined;
};

/** A recording as a call: its first channel is the customer, its second the agent, further ones are left out. */
export function recordingSource(recording: Recording): AudioSource {
  const [external, internal] = recording.channels
    .slice(0, 2)
    .map((samples) => telephoneTrack(samples, recording.rate, TELEPHONE_RATE));
  const length = external?.length ?? 0;
  let at = 0;
  return {
    channels: internal ? ["external", "internal"] : ["external"],
    totalSamples: length,
    take(samples) {
      if (!external || at >= length) return undefined;
      const [from, to] = [at, Math.min(at + samples, length)];
      at = to;
      return {
        length: to - from,
        channel: (name) =>
          name === "external" ? external.slice(from, to) : (internal?.slice(from, to) ?? silence(to - from)),
      };
    },
  };
}

export type LiveSource = AudioSource & { push(samples: Int16Array, rate: number): void; end(): void };

/** How much of a live speaker's audio may wait: more would only make the call late. */
const LIVE_BUFFER_SAMPLES = TELEPHONE_RATE;

/** A customer who speaks now, for instance into a microphone. What has not arrived in time is silence. */
export function liveSource(): LiveSource {
  let waiting = new Uint8Array(0);
  let ended = false;
  let resampler = { rate: TELEPHONE_RATE, ...createResampler(TELEPHONE_RATE, TELEPHONE_RATE) };
  return {
    channels: ["external"],
    push(samples, rate) {
      if (resampler.rate !== rate) resampler = { rate, ...createResampler(rate, TELEPHONE_RATE) };
      const fresh = encodeMuLaw(resampler.push(samples));
      const joined = new Uint8Array(waiting.length + fresh.length);
      joined.set(waiting);
      joined.set(fresh, waiting.length);
      waiting = joined.subarray(Math.max(0, joined.length - LIVE_BUFFER_SAMPLES));
    },
    end() {
      ended = true;
    },
    take(samples) {
      if (ended && waiting.length === 0) return undefined;
      const bytes = silence(samples);
      bytes.set(waiting.subarray(0, samples));
      waiting = waiting.subarray(Math.min(samples, waiting.length));
      return {
        length: samples,
        channel: (name) => (name === "external" ? bytes : silence(samples)),
      };
    },
  };
}

function silence(samples: number): Uint8Array {
  return new Uint8Array(samples).fill(MU_LAW_SILENCE);
}

/** Samples of several channels as one frame: ch0, ch1, ch0, ch1. */
export function interleave(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const frame = new Uint8Array((only?.length ?? 0) * parts.length);
  for (const [channel, bytes] of parts.entries()) {
    for (let i = 0; i < bytes.length; i++) frame[i * parts.length + channel] = bytes[i] ?? MU_LAW_SILENCE;
  }
  return frame;
}
