/** Half the filter's length in zero crossings: 16 keeps aliases of speech below -60 dB. */
const ZERO_CROSSINGS = 16;
/** The pass band ends a little below half the lower rate, to leave room for the filter's slope. */
const PASS_BAND = 0.94;

export type Resampler = {
  push(samples: Int16Array): Int16Array;
  /** What the filter still holds back; call once, at the end. */
  flush(): Int16Array;
};

/** Changes the sample rate of a stream with a windowed sinc, block by block without seams. */
export function createResampler(from: number, to: number): Resampler {
  if (from === to) return { push: (samples) => samples, flush: () => new Int16Array(0) };
  const cutoff = (PASS_BAND * Math.min(from, to)) / from;
  const reach = Math.ceil(ZERO_CROSSINGS / cutoff);
  const kernels = kernelTable(from, to, cutoff, reach);
  // Silence before the first sample, so that the first output is centred on it.
  let held = new Float64Array(reach);
  let start = -reach;
  let next = 0;
  let received = 0;

  const produce = (limit: number): Int16Array => {
    const out: number[] = [];
    for (let centre = Math.floor((next * from) / to); centre + reach < limit; ) {
      out.push(convolve(held, centre - reach + 1 - start, kernels(next)));
      next += 1;
      centre = Math.floor((next * from) / to);
    }
    const keepFrom = Math.max(0, Math.min(held.length, Math.floor((next * from) / to) - reach - start));
    held = held.slice(keepFrom);
    start += keepFrom;
    return Int16Array.from(out);
  };
  const append = (samples: ArrayLike<number>) => {
    const grown = new Float64Array(held.length + samples.length);
    grown.set(held);
    grown.set(samples, held.length);
    held = grown;
  };

  return {
    push(samples) {
      append(samples);
      received += samples.length;
      return produce(received);
    },
    flush() {
      append(new Float64Array(reach + 1));
      return produce(received + reach);
    },
  };
}

/** One kernel for each phase the two rates can meet in; rates with few common factors get theirs when needed. */
function kernelTable(from: number, to: number, cutoff: number, reach: number): (n: number) => Float64Array {
  const phases = to / greatestCommonDivisor(from, to);
  const table = new Map<number, Float64Array>();
  return (n) => {
    const phase = n % phases;
    const known = table.get(phase);
    if (known) return known;
    const fraction = (phase * from) / to;
    const kernel = sincKernel(fraction - Math.floor(fraction), cutoff, reach);
    table.set(phase, kernel);
    return kernel;
  };
}

function sincKernel(fraction: number, cutoff: number, reach: number): Float64Array {
  const kernel = new Float64Array(reach * 2);
  for (let i = 0; i < kernel.length; i++) {
    const x = i - reach + 1 - fraction;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / reach);
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
    kernel[i] = Math.abs(x) < reach ? sinc * window * cutoff : 0;
  }
  return kernel;
}

function convolve(samples: Float64Array, at: number, kernel: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < kernel.length; i++) sum += (samples[at + i] ?? 0) * (kernel[i] ?? 0);
  return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The whole of a recording's channel at another rate, with the length the rates predict. */
export function resample(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return samples;
  const resampler = createResampler(from, to);
  const [body, tail] = [resampler.push(samples), resampler.flush()];
  const out = new Int16Array(Math.round((samples.length * to) / from));
  out.set(body.subarray(0, out.length));
  out.set(tail.subarray(0, Math.max(0, out.length - body.length)), Math.min(body.length, out.length));
  return out;
}
