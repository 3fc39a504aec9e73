import { SandboxError } from "../sandbox-error.ts";
import { decodeALaw, decodeMuLaw } from "./g711.ts";

export type Recording = { rate: number; channels: Int16Array[] };

type Format = { tag: number; channels: number; rate: number; bits: number };

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;
const MAX_CHANNELS = 8;

/** Reads a WAV file: PCM of 8 to 32 bits, float, A-law or mu-law. What it cannot read it names in a sentence. */
export function readWav(bytes: Uint8Array): Recording {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || text(bytes, 0) !== "RIFF" || text(bytes, 8) !== "WAVE") {
    throw new SandboxError("This is not a WAV file: it does not begin with a RIFF/WAVE header.");
  }
  const chunks = findChunks(bytes, view);
  if (!chunks.fmt) throw new SandboxError("The WAV file has no format (fmt) chunk.");
  if (!chunks.data) throw new SandboxError("The WAV file has no audio: its data chunk is missing.");
  const format = readFormat(view, chunks.fmt);
  const samples = decode(bytes.subarray(chunks.data.start, chunks.data.end), format);
  if (samples.length < format.channels) throw new SandboxError("The WAV file holds no audio samples.");
  return { rate: format.rate, channels: deinterleave(samples, format.channels) };
}

type Chunk = { start: number; end: number };

function findChunks(bytes: Uint8Array, view: DataView): { fmt?: Chunk; data?: Chunk } {
  const found: { fmt?: Chunk; data?: Chunk } = {};
  let at = 12;
  while (at + 8 <= bytes.length && !found.data) {
    const name = text(bytes, at);
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    // A writer that streams leaves the size at 0 or 0xffffffff: then the audio runs to the end of the file.
    const toEnd = name === "data" && (size === 0 || start + size > bytes.length);
    const end = toEnd ? bytes.length : Math.min(start + size, bytes.length);
    if (name === "fmt ") found.fmt = { start, end };
    if (name === "data") found.data = { start, end };
    at = end + (size % 2);
  }
  return found;
}

function readFormat(view: DataView, chunk: Chunk): Format {
  const { start, end } = chunk;
  if (end - start < 16) throw new SandboxError("The WAV file's format chunk is too short.");
  const tag = view.getUint16(start, true);
  const format = {
    // WAVE_FORMAT_EXTENSIBLE keeps the real tag in the first two bytes of its sub-format.
    tag: tag === EXTENSIBLE && end - start >= 26 ? view.getUint16(start + 24, true) : tag,
    channels: view.getUint16(start + 2, true),
    rate: view.getUint32(start + 4, true),
    bits: view.getUint16(start + 14, true),
  };
  if (format.channels < 1 || format.channels > MAX_CHANNELS) {
    throw new SandboxError(`The WAV file has ${format.channels} channels; 1 to ${MAX_CHANNELS} can be read.`);
  }
  if (format.rate < 4000 || format.rate > 192_000) {
    throw new SandboxError(`The WAV file's sample rate is ${format.rate} Hz; 4000 to 192000 can be read.`);
  }
  return format;
}

function decode(raw: Uint8Array, { tag, bits }: Format): Int16Array {
  if (tag === MU_LAW && bits === 8) return decodeMuLaw(raw);
  if (tag === A_LAW && bits === 8) return decodeALaw(raw);
  const width = bits / 8;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const sample = sampleReader(view, tag, bits);
  if (!sample) {
    throw new SandboxError(
      `The WAV file's encoding (format ${tag}, ${bits} bits) cannot be read; PCM, float, A-law and mu-law can.`,
    );
  }
  return Int16Array.from({ length: Math.floor(raw.length / width) }, (_, i) => sample(i * width));
}

function sampleReader(view: DataView, tag: number, bits: number): ((at: number) => number) | undefined {
  if (tag === FLOAT && bits === 32) return (at) => fromFloat(view.getFloat32(at, true));
  if (tag === FLOAT && bits === 64) return (at) => fromFloat(view.getFloat64(at, true));
  if (tag !== PCM) return undefined;
  // PCM is unsigned at 8 bits and signed above, by the format's own history.
  if (bits === 8) return (at) => (view.getUint8(at) - 128) << 8;
  if (bits === 16) return (at) => view.getInt16(at, true);
  if (bits === 24) return (at) => view.getInt16(at + 1, true);
  if (bits === 32) return (at) => view.getInt16(at + 2, true);
  return undefined;
}

function fromFloat(value: number): number {
  return Number.isFinite(value) ? Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767))) : 0;
}

function deinterleave(samples: Int16Array, count: number): Int16Array[] {
  const length = Math.floor(samples.length / count);
  return Array.from({ length: count }, (_, channel) =>
    Int16Array.from({ length }, (__, i) => samples[i * count + channel] ?? 0),
  );
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** A PCM16 WAV, which every browser plays (mu-law many do not). */
export function writeWav({ rate, channels }: Recording): Uint8Array {
  const count = channels.length;
  const length = channels[0]?.length ?? 0;
  const out = new DataView(new ArrayBuffer(44 + length * count * 2));
  const put = (at: number, name: string) =>
    [...name].forEach((letter, i) => {
      out.setUint8(at + i, letter.charCodeAt(0));
    });
  put(0, "RIFF");
  out.setUint32(4, out.byteLength - 8, true);
  put(8, "WAVEfmt ");
  out.setUint32(16, 16, true);
  out.setUint16(20, PCM, true);
  out.setUint16(22, count, true);
  out.setUint32(24, rate, true);
  out.setUint32(28, rate * count * 2, true);
  out.setUint16(32, count * 2, true);
  out.setUint16(34, 16, true);
  put(36, "data");
  out.setUint32(40, length * count * 2, true);
  for (const [channel, samples] of channels.entries()) {
    for (const [i, sample] of samples.entries()) out.setInt16(44 + (i * count + channel) * 2, sample, true);
  }
  return new Uint8Array(out.buffer);
}
