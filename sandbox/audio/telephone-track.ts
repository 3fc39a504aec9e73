import { encodeMuLaw, MU_LAW_SILENCE } from "./g711.ts";
import { createResampler } from "./resample.ts";

/** One channel of a recording as 8 kHz mu-law. */
export type TelephoneTrack = { length: number; slice(from: number, to: number): Uint8Array };

/**
 * Converts a second at a time, when it is asked for: a long recording converted at once would hold up every
 * other call of the process.
 */
export function telephoneTrack(samples: Int16Array, rate: number, targetRate: number): TelephoneTrack {
  const encoded = new Uint8Array(Math.round((samples.length * targetRate) / rate)).fill(MU_LAW_SILENCE);
  const resampler = createResampler(rate, targetRate);
  let read = 0;
  let written = 0;
  let flushed = false;
  const write = (converted: Int16Array) => {
    const fitting = converted.subarray(0, encoded.length - written);
    encoded.set(encodeMuLaw(fitting), written);
    written += fitting.length;
  };
  return {
    length: encoded.length,
    slice(from, to) {
      while (written < to && read < samples.length) {
        write(resampler.push(samples.subarray(read, read + rate)));
        read += rate;
      }
      if (written < to && !flushed) {
        flushed = true;
        write(resampler.flush());
      }
      return encoded.subarray(from, to);
    },
  };
}
