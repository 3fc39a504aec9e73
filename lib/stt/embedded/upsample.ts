const HALF_WIDTH = 32;
/** Kaiser window with about 80 dB of stop band: mirror images of telephone speech stay inaudible. */
const KAISER_BETA = 8;

/** Weights for the sample half-way between two given ones; the given ones pass unchanged (half-band). */
const BETWEEN = betweenWeights();

function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function betweenWeights(): Float64Array {
  const weights = new Float64Array(2 * HALF_WIDTH);
  for (let i = 0; i < weights.length; i++) {
    const distance = i - HALF_WIDTH + 0.5;
    const window =
      bessel0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - (distance / HALF_WIDTH) ** 2))) / bessel0(KAISER_BETA);
    weights[i] = (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
  }
  const gain = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / gain);
}

/** 8 kHz 16-bit to 16 kHz floats from -1 to 1, which is what the model hears. */
export function upsampleTwice(samples: Int16Array): Float32Array {
  const padded = new Float32Array(samples.length + 2 * HALF_WIDTH);
  for (let i = 0; i < samples.length; i++) padded[i + HALF_WIDTH] = (samples[i] ?? 0) / 32768;
  const output = new Float32Array(samples.length * 2);
  for (let i = 0; i < samples.length; i++) {
    let between = 0;
    for (let k = 0; k < BETWEEN.length; k++) between += (BETWEEN[k] ?? 0) * (padded[i + 1 + k] ?? 0);
    output[2 * i] = padded[i + HALF_WIDTH] ?? 0;
    output[2 * i + 1] = between;
  }
  return output;
}
