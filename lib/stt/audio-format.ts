/** What arrives: telephone audio. */
export const SAMPLES_PER_MS = 8;
export const SAMPLE_RATE = 8000;

/** What one step of the voice detector looks at: 32 ms. */
export const FRAME_SAMPLES = 256;

export function toSamples(ms: number): number {
  return Math.round(ms * SAMPLES_PER_MS);
}

export function toMs(samples: number): number {
  return Math.round(samples / SAMPLES_PER_MS);
}

export function concatSamples(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
