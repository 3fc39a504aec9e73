import { readFileSync } from "node:fs";
import path from "node:path";
import type { AudioChannel, AudioSource } from "#/sandbox/audio/audio-source.ts";
import { encodeMuLaw, MU_LAW_SILENCE } from "#/sandbox/audio/g711.ts";
import { readWav } from "#/sandbox/audio/wav.ts";

const SAMPLES_PER_MS = 8;
const SPEECH = path.resolve(import.meta.dirname, "../../lib/stt/fixtures/order.wav");

/** Both sides of a quiet line for so long; the call ends with it. */
export function quietSource(ms: number): AudioSource {
  return endingAfter(ms, ["external", "internal"], (length) => new Uint8Array(length).fill(MU_LAW_SILENCE));
}

/** A customer who says the same sentence again and again. */
export function talkingSource(ms: number): AudioSource {
  const { channels } = readWav(readFileSync(SPEECH));
  const sentence = encodeMuLaw(channels[0] ?? new Int16Array(0));
  let at = 0;
  return endingAfter(ms, ["external", "internal"], (length, name) => {
    if (name === "internal") return new Uint8Array(length).fill(MU_LAW_SILENCE);
    const part = Uint8Array.from(
      { length },
      (_, i) => sentence[(at + i) % sentence.length] ?? MU_LAW_SILENCE,
    );
    at += length;
    return part;
  });
}

function endingAfter(
  ms: number,
  channels: readonly AudioChannel[],
  samples: (length: number, name: AudioChannel) => Uint8Array,
): AudioSource {
  const total = ms * SAMPLES_PER_MS;
  let taken = 0;
  return {
    channels,
    totalSamples: total,
    take(wanted) {
      if (taken >= total) return undefined;
      const length = Math.min(wanted, total - taken);
      taken += length;
      return { length, channel: (name) => samples(length, name) };
    },
  };
}
