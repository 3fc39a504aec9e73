import { TELEPHONE_RATE } from "../audio/audio-source.ts";

/** A number of samples as the protocol's duration: seconds only, never in exponent form. */
export function durationOf(samples: number): string {
  const seconds = (samples / TELEPHONE_RATE).toFixed(6).replace(/\.?0+$/, "");
  return `PT${seconds}S`;
}

/** Milliseconds as the protocol's duration. */
export function durationOfMs(ms: number): string {
  return durationOf((ms * TELEPHONE_RATE) / 1000);
}

/** A duration that the server wrote, in milliseconds; undefined when it is not one. */
export function msOfDuration(text: string): number | undefined {
  const match = /^PT(\d+\.?\d*|\.\d+)S$/.exec(text);
  return match ? Number(match[1]) * 1000 : undefined;
}

export function samplesOfMs(ms: number): number {
  return Math.round((ms * TELEPHONE_RATE) / 1000);
}

export function msOfSamples(samples: number): number {
  return (samples * 1000) / TELEPHONE_RATE;
}
