/**
 * From the end of speech to the final text, one call in real time: prompts from EVAL_DATA_DIR with two seconds
 * of line silence after each. Speech ends at its last 20 ms that are within 40 dB of the prompt's loudest.
 *
 *   node bench/speech-latency.ts [--limit 20] [--quick]
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createEmbeddedEngine } from "../lib/stt/embedded/embedded-engine.ts";
import { TELEPHONE_LIMITS } from "../lib/stt/embedded/segmenter.ts";
import type { SpeechEngine } from "../lib/stt/speech-engine.ts";
import { telephoneAudio } from "./word-error-rate-audio.ts";

const SAMPLES_PER_MS = 8;
const FRAME_SAMPLES = 160;
const FRAME_MS = FRAME_SAMPLES / SAMPLES_PER_MS;
const SILENCE_SAMPLES = 16_000;
const QUIETER_THAN_LOUDEST = 1e-4;
const SET = "audio-asterisk-8k";
const LONGEST_SECONDS = 8;
const MODEL_FOLDER = path.resolve(import.meta.dirname, "../.models/moonshine-base");

/** One party's side of a call; `ends` says at which sample each piece of speech is over. */
export type KnownCall = { samples: Int16Array; ends: readonly number[] };

function endOfSpeech(samples: Int16Array): number {
  const energies: number[] = [];
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    const frame = samples.subarray(at, at + FRAME_SAMPLES);
    energies.push(frame.reduce((total, sample) => total + sample * sample, 0) / frame.length);
  }
  const floor = Math.max(...energies) * QUIETER_THAN_LOUDEST;
  return Math.min(samples.length, (energies.findLastIndex((energy) => energy > floor) + 1) * FRAME_SAMPLES);
}

/** A call of prompts from the evaluation set, each followed by silence. */
export function knownCall(evalFolder: string, limit: number): KnownCall {
  const lines = readFileSync(path.join(evalFolder, SET, "dev.jsonl"), "utf8")
    .trim()
    .split("\n");
  const items = lines
    .map((line) => JSON.parse(line) as { audio: string; duration: number })
    .filter(({ duration }) => duration <= LONGEST_SECONDS);
  const step = Math.max(1, Math.floor(items.length / limit));
  const ends: number[] = [];
  const parts: number[] = [];
  for (const { audio } of items.filter((_, index) => index % step === 0).slice(0, limit)) {
    const prompt = telephoneAudio(path.join(evalFolder, SET, audio));
    ends.push(parts.length + endOfSpeech(prompt));
    for (const sample of prompt) parts.push(sample);
    for (let i = 0; i < SILENCE_SAMPLES; i++) parts.push(0);
  }
  return { samples: Int16Array.from(parts), ends };
}

/** Milliseconds from each end of speech to its final, where there was one before the next speech. */
export async function measureSpeechLatency(
  engine: SpeechEngine,
  call: KnownCall,
): Promise<(number | undefined)[]> {
  const latencies: (number | undefined)[] = call.ends.map(() => undefined);
  const started = performance.now();
  const stream = engine.open({
    onInterim: () => undefined,
    onHealth: () => undefined,
    onGap: (gap) => console.error("gap", gap),
    onFinal: ({ startMs }) => {
      const index = call.ends.findIndex((end) => startMs < end / SAMPLES_PER_MS);
      const end = call.ends[index];
      // Of several finals for one prompt the last one counts.
      if (end !== undefined) latencies[index] = performance.now() - started - end / SAMPLES_PER_MS;
    },
  });
  for (let at = 0; at < call.samples.length; at += FRAME_SAMPLES) {
    // A frame can be sent once its last sample has been spoken.
    const due = at / SAMPLES_PER_MS + FRAME_MS - (performance.now() - started);
    if (due > 0) await sleep(due);
    stream.push(call.samples.subarray(at, at + FRAME_SAMPLES));
  }
  await stream.flush(10_000);
  stream.close();
  return latencies;
}

export function percentile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

async function main(): Promise<void> {
  const evalFolder = process.env.EVAL_DATA_DIR;
  if (!evalFolder) {
    console.log("speech latency: skipped, EVAL_DATA_DIR is not set");
    return;
  }
  const { values } = parseArgs({
    options: { limit: { type: "string" }, quick: { type: "boolean", default: false } },
    strict: false,
  });
  const call = knownCall(evalFolder, Number(values.limit ?? (values.quick ? 5 : 20)));
  const engine = await createEmbeddedEngine({ modelFolder: MODEL_FOLDER });
  const latencies = await measureSpeechLatency(engine, call);
  await engine.close();
  const found = latencies.filter((latency) => latency !== undefined).sort((a, b) => a - b);
  const result = {
    prompts: latencies.length,
    recognized: found.length,
    p50Ms: percentile(found, 0.5),
    p95Ms: percentile(found, 0.95),
    hangOverMs: TELEPHONE_LIMITS.hangOverMs,
  };
  console.table([{ ...result, "p50 at most": 1500, "p95 at most": 3000 }]);
  console.log(
    JSON.stringify({
      bench: "speech-latency",
      transport: "engine",
      result,
      latenciesMs: found.map(Math.round),
    }),
  );
}

if (import.meta.main) await main();
