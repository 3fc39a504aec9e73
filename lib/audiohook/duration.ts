/** Everything here counts samples of one channel: whole numbers never drift. */
export const SAMPLE_RATE = 8000;

const DURATION = /^PT(\d+\.?\d*|\.\d+)S$/;
const LONGEST_TEXT = 40;
const MICROSECONDS_PER_SAMPLE = 1_000_000 / SAMPLE_RATE;

/** Samples in a wire duration (`PT1.2S`, and the odder `PT5.S` and `PT.5S`); undefined when it is none. */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value !== "string" || value.length > LONGEST_TEXT) return undefined;
  const seconds = DURATION.exec(value)?.[1];
  if (seconds === undefined) return undefined;
  const samples = Math.round(Number(seconds) * SAMPLE_RATE);
  return Number.isSafeInteger(samples) ? samples : undefined;
}

/** The wire form. Built digit by digit, because a number's own text may turn to an exponent. */
export function formatDuration(samples: number): string {
  const whole = Math.max(0, Math.round(samples));
  const seconds = BigInt(Math.floor(whole / SAMPLE_RATE)).toString();
  const micros = (whole % SAMPLE_RATE) * MICROSECONDS_PER_SAMPLE;
  const fraction = micros.toString().padStart(6, "0").replace(/0+$/, "");
  return fraction === "" ? `PT${seconds}S` : `PT${seconds}.${fraction}S`;
}

export function samplesToMs(samples: number): number {
  return (samples * 1000) / SAMPLE_RATE;
}
