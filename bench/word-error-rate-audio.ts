import { readFileSync } from "node:fs";

const BIAS = 132;
const CLIP = 32_635;
const HEADER_BYTES = 12;

/** The 16-bit mono 8 kHz samples of a WAV file. */
export function readWav(file: string): Int16Array {
  const bytes = readFileSync(file);
  for (let at = HEADER_BYTES; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + size);
    const kind = bytes.toString("latin1", at, at + 4);
    if (kind === "fmt " && (body.readUInt16LE(2) !== 1 || body.readUInt32LE(4) !== 8000)) {
      throw new Error(`${file} is not mono at 8 kHz`);
    }
    if (kind === "data") {
      return Int16Array.from({ length: body.length >> 1 }, (_, i) => body.readInt16LE(i * 2));
    }
    at += 8 + size + (size % 2);
  }
  throw new Error(`${file} holds no audio`);
}

/** What a telephone line (G.711 mu-law) leaves of a sample. */
function overTheLine(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 15;
  const decoded = (((mantissa << 3) + BIAS) << exponent) - BIAS;
  return sample < 0 ? -decoded : decoded;
}

/** The file as a call would carry it. */
export function telephoneAudio(file: string): Int16Array {
  return readWav(file).map(overTheLine);
}
