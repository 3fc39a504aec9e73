const BIAS = 0x84;

function expand(code: number): number {
  const inverted = ~code & 0xff;
  const magnitude = ((((inverted & 0x0f) << 3) + BIAS) << ((inverted >> 4) & 0x07)) - BIAS;
  return inverted & 0x80 ? -magnitude : magnitude;
}

const EXPANDED = Int16Array.from({ length: 256 }, (_, code) => expand(code));

/** One G.711 mu-law byte as a 16-bit sample. */
export function decodeMulaw(code: number): number {
  return EXPANDED[code & 0xff] ?? 0;
}

/** Takes interleaved mu-law apart into one 16-bit track per channel; whole sample groups only. */
export function splitMulaw(bytes: Uint8Array, channels: number): Int16Array[] {
  const length = Math.floor(bytes.length / channels);
  return Array.from({ length: channels }, (_, channel) => {
    const track = new Int16Array(length);
    for (let i = 0, at = channel; i < length; i++, at += channels) {
      track[i] = EXPANDED[bytes[at] ?? 0xff] ?? 0;
    }
    return track;
  });
}
