import { expect, test } from "vitest";
import { interleave, liveSource, recordingSource } from "./audio-source.ts";
import { decodeALaw, decodeMuLaw, encodeMuLaw } from "./g711.ts";
import { createResampler, resample } from "./resample.ts";
import { readWav, writeWav } from "./wav.ts";

function tone(hertz: number, rate: number, seconds: number): Int16Array {
  return Int16Array.from(
    { length: rate * seconds },
    (_, i) => 10_000 * Math.sin((2 * Math.PI * hertz * i) / rate),
  );
}

/** Loudness in the middle of a signal, away from the filter's edges. */
function loudness(samples: Int16Array): number {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length);
}

function wav(
  format: { tag: number; channels: number; rate: number; bits: number },
  data: Uint8Array,
): Uint8Array {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format.tag, 20);
  head.writeUInt16LE(format.channels, 22);
  head.writeUInt32LE(format.rate, 24);
  head.writeUInt16LE(format.bits, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

test("mu-law comes back within its own step, silence is 0xff", () => {
  expect(encodeMuLaw(Int16Array.of(0))[0]).toBe(0xff);
  for (const sample of [-32_768, -8000, -100, -1, 1, 100, 8000, 32_767]) {
    const back = decodeMuLaw(encodeMuLaw(Int16Array.of(sample)))[0] ?? 0;
    expect(Math.abs(back - sample)).toBeLessThanOrEqual(Math.max(8, Math.abs(sample) * 0.04));
  }
});

test("every mu-law byte survives a round trip, but for the second zero", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect([...encodeMuLaw(decodeMuLaw(bytes))]).toEqual(
    [...bytes].map((byte) => (byte === 0x7f ? 0xff : byte)),
  );
});

test("A-law has the reference's ends", () => {
  expect([...decodeALaw(Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a))]).toEqual([8, -8, 32_256, -32_256]);
});

test("8, 16, 24 and 32 bits and float read as the same sample", () => {
  const read = (tag: number, bits: number, bytes: Uint8Array) =>
    readWav(wav({ tag, channels: 1, rate: 8000, bits }, bytes)).channels[0]?.[0];
  expect(read(1, 8, Uint8Array.of(192))).toBe(16_384);
  expect(read(1, 16, Uint8Array.of(0, 0x40))).toBe(16_384);
  expect(read(1, 24, Uint8Array.of(0, 0, 0x40))).toBe(16_384);
  expect(read(1, 32, Uint8Array.of(0, 0, 0, 0x40))).toBe(16_384);
  expect(read(3, 32, new Uint8Array(Float32Array.of(0.5).buffer))).toBe(16_384);
});

test("stereo comes apart into its channels", () => {
  const written = writeWav({ rate: 16_000, channels: [Int16Array.of(1, 2), Int16Array.of(-1, -2)] });
  expect(readWav(written)).toEqual({ rate: 16_000, channels: [Int16Array.of(1, 2), Int16Array.of(-1, -2)] });
});

test("a header that a streaming writer never finished is read to the end", () => {
  const bytes = Buffer.from(writeWav({ rate: 8000, channels: [Int16Array.of(5, 6)] }));
  bytes.writeUInt32LE(0xffffffff, 40);
  expect(readWav(bytes).channels[0]).toEqual(Int16Array.of(5, 6));
});

test.each([
  ["text", Buffer.from("this is no recording at all, sorry"), "does not begin with a RIFF/WAVE header"],
  ["an empty file", new Uint8Array(0), "does not begin with a RIFF/WAVE header"],
  ["ADPCM", wav({ tag: 17, channels: 1, rate: 8000, bits: 4 }, new Uint8Array(8)), "format 17, 4 bits"],
  ["no samples", wav({ tag: 1, channels: 1, rate: 8000, bits: 16 }, new Uint8Array(0)), "no audio samples"],
  ["an odd rate", wav({ tag: 1, channels: 1, rate: 100, bits: 16 }, new Uint8Array(8)), "100 Hz"],
])("%s is refused with a sentence", (_what, bytes, sentence) => {
  expect(() => readWav(bytes)).toThrow(sentence);
});

test.each([16_000, 44_100, 48_000, 11_025, 6000])("%i Hz keeps a voice's tone and its length", (rate) => {
  const out = resample(tone(1000, rate, 1), rate, 8000);
  expect(out.length).toBe(8000);
  expect(loudness(out)).toBeCloseTo(loudness(tone(1000, 8000, 1)), -2);
});

test("what 8 kHz cannot carry is removed and not folded back", () => {
  expect(loudness(resample(tone(6000, 48_000, 1), 48_000, 8000))).toBeLessThan(30);
});

test("a stream in blocks equals the whole", () => {
  const whole = tone(700, 44_100, 1);
  const resampler = createResampler(44_100, 8000);
  const blocks: number[] = [];
  for (let at = 0; at < whole.length; at += 441) blocks.push(...resampler.push(whole.subarray(at, at + 441)));
  blocks.push(...resampler.flush());
  expect(blocks.slice(0, 8000)).toEqual([...resample(whole, 44_100, 8000)].slice(0, blocks.length));
});

test("a recording's last frame is as short as what is left", () => {
  const source = recordingSource({ rate: 8000, channels: [new Int16Array(1000)] });
  expect([source.take(800)?.length, source.take(800)?.length, source.take(800)]).toEqual([
    800,
    200,
    undefined,
  ]);
});

test("a recording of another rate is the same whether it is converted at once or as it is asked for", () => {
  const spoken = tone(500, 16_000, 3);
  const source = recordingSource({ rate: 16_000, channels: [spoken, spoken] });
  expect(source.totalSamples).toBe(24_000);
  const bytes: number[] = [];
  for (let frame = source.take(800); frame; frame = source.take(800))
    bytes.push(...frame.channel("internal"));
  expect(bytes).toEqual([...encodeMuLaw(resample(spoken, 16_000, 8000))]);
});

test("a live speaker who says nothing is silence, and ends when told", () => {
  const source = liveSource();
  expect(source.take(4)?.channel("external")).toEqual(new Uint8Array(4).fill(0xff));
  source.push(Int16Array.of(1000, 1000), 8000);
  expect(source.take(4)?.channel("external")[0]).not.toBe(0xff);
  source.end();
  expect(source.take(4)).toBeUndefined();
});

test("two channels alternate sample by sample", () => {
  expect([...interleave([Uint8Array.of(1, 2), Uint8Array.of(8, 9)])]).toEqual([1, 8, 2, 9]);
});
