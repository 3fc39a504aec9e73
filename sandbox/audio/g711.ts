/** G.711: the two companded formats of telephony. Encoding is by table, since every call pays for it. */
const MU_LAW_BIAS = 0x84;
const MU_LAW_CLIP = 32_635;

export const MU_LAW_SILENCE = 0xff;

function muLawByte(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), MU_LAW_CLIP) + MU_LAW_BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function muLawSample(byte: number): number {
  const bits = ~byte & 0xff;
  const exponent = (bits >> 4) & 7;
  const magnitude = ((((bits & 0x0f) << 3) + MU_LAW_BIAS) << exponent) - MU_LAW_BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
}

function aLawSample(byte: number): number {
  const bits = byte ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = (bits & 0x0f) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

const ENCODE = Uint8Array.from({ length: 65_536 }, (_, index) => muLawByte(index - 32_768));
const DECODE_MU = Int16Array.from({ length: 256 }, (_, byte) => muLawSample(byte));
const DECODE_A = Int16Array.from({ length: 256 }, (_, byte) => aLawSample(byte));

export function encodeMuLaw(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = ENCODE[(samples[i] ?? 0) + 32_768] ?? MU_LAW_SILENCE;
  return bytes;
}

export function decodeMuLaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, (byte) => DECODE_MU[byte] ?? 0);
}

export function decodeALaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, (byte) => DECODE_A[byte] ?? 0);
}
