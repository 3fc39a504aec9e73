/**
 * Word error rate of the embedded recognizer on the sets in EVAL_DATA_DIR: each file is a call over a real
 * AudioHook socket, in mu-law and through the live segmentation; with `--direct` it goes straight into the
 * recognizer. Beside it, the plain model: whole files, nothing held back, no segmentation.
 *
 *   npm run bench word-error-rate [-- --quick --limit 20 --set audio-digits-8k --direct --no-baseline --errors]
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { createEmbeddedEngine } from "../lib/stt/embedded/embedded-engine.ts";
import { loadMoonshine } from "../lib/stt/embedded/moonshine.ts";
import { upsampleTwice } from "../lib/stt/embedded/upsample.ts";
import type { SpeechEngine } from "../lib/stt/speech-engine.ts";
import { openSocketTranscriber } from "./socket-transcriber.ts";
import { telephoneAudio } from "./word-error-rate-audio.ts";
import { bootstrapInterval, countErrors, errorRate, type WordErrors } from "./word-error-rate-count.ts";

/** Everything that can turn a WAV file into text: the engine itself, or a call over a real socket. */
export type Transcribe = (file: string) => Promise<string>;

export type WordErrorSettings = {
  evalFolder: string;
  transcribe: Transcribe;
  sets?: readonly string[];
  /** Files per set. */
  limit?: number;
  onFile?: (file: string, reference: string, hypothesis: string, errors: WordErrors) => void;
};

export type SetResult = {
  set: string;
  files: number;
  words: number;
  wordErrorRate: number;
  interval95: [number, number];
  target: number;
};

/** Percent that the product promises at most. */
const TARGETS: Readonly<Record<string, number>> = {
  "audio-asterisk-8k": 5,
  "audio-digits-8k": 16,
  "audio-tts-calls-8k": 20,
};
const CHUNK_SAMPLES = 800;
const FLUSH_MS = 120_000;
/** Files per set of a quick run. */
const QUICK_FILES = 10;
const MODEL_FOLDER = path.resolve(import.meta.dirname, "../.models/moonshine-base");

type Item = { audio: string; ref: string };

function readItems(folder: string, limit: number): Item[] {
  const lines = readFileSync(path.join(folder, "dev.jsonl"), "utf8").trim().split("\n");
  // Every n-th, because neighbours share a speaker.
  const step = Math.max(1, Math.floor(lines.length / limit));
  return lines
    .filter((_, index) => index % step === 0)
    .slice(0, limit)
    .map((line) => JSON.parse(line) as Item);
}

const round = (value: number) => Math.round(value * 100) / 100;

/** One file after the other; sets that are not there are left out. */
export async function measureWordErrorRate(settings: WordErrorSettings): Promise<SetResult[]> {
  const { evalFolder, transcribe, sets = Object.keys(TARGETS), limit = Number.POSITIVE_INFINITY } = settings;
  const results: SetResult[] = [];
  for (const set of sets) {
    const counted: WordErrors[] = [];
    for (const { audio, ref } of readItems(path.join(evalFolder, set), limit)) {
      const hypothesis = await transcribe(path.join(evalFolder, set, audio));
      const errors = countErrors(ref, hypothesis);
      settings.onFile?.(audio, ref, hypothesis, errors);
      counted.push(errors);
    }
    const [low, high] = bootstrapInterval(counted);
    results.push({
      set,
      files: counted.length,
      words: counted.reduce((total, file) => total + file.words, 0),
      wordErrorRate: round(errorRate(counted)),
      interval95: [round(low), round(high)],
      target: TARGETS[set] ?? Number.NaN,
    });
  }
  return results;
}

/** Straight through the engine, as fast as it goes; the segmentation counts samples and sees no difference. */
export function throughEngine(engine: SpeechEngine): Transcribe {
  return async (file) => {
    const finals: string[] = [];
    const ignore = () => undefined;
    const stream = engine.open({
      onFinal: ({ text }) => finals.push(text),
      onGap: ({ durationMs }) => console.error(`${file}: ${durationMs} ms were not recognized`),
      onInterim: ignore,
      onHealth: ignore,
    });
    const samples = telephoneAudio(file);
    for (let at = 0; at < samples.length; at += CHUNK_SAMPLES) {
      stream.push(samples.subarray(at, at + CHUNK_SAMPLES));
    }
    await stream.flush(FLUSH_MS);
    stream.close();
    return finals.join(" ");
  };
}

async function directTranscriber(): Promise<{ transcribe: Transcribe; close(): Promise<void> }> {
  const engine = await createEmbeddedEngine({
    modelFolder: MODEL_FOLDER,
    interims: false,
    waitingLimitMs: Number.POSITIVE_INFINITY,
  });
  return { transcribe: throughEngine(engine), close: () => engine.close() };
}

async function plainModel(): Promise<Transcribe> {
  const model = await loadMoonshine(MODEL_FOLDER);
  return async (file) => {
    const transcript = await model.transcribe(upsampleTwice(telephoneAudio(file)), { speech: false });
    return transcript?.text ?? "";
  };
}

async function main(): Promise<void> {
  const evalFolder = process.env.EVAL_DATA_DIR;
  if (!evalFolder) {
    console.log("word error rate: skipped, EVAL_DATA_DIR is not set");
    return;
  }
  const { values } = parseArgs({
    options: {
      limit: { type: "string" },
      set: { type: "string", multiple: true },
      direct: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      "no-baseline": { type: "boolean", default: false },
      errors: { type: "boolean", default: false },
    },
    strict: false,
  });
  const { direct, errors: shown } = values;
  const limit =
    typeof values.limit === "string" ? Number(values.limit) : values.quick ? QUICK_FILES : undefined;
  const sets = values.set?.filter((name) => typeof name === "string");
  const common = { evalFolder, ...(sets && { sets }), ...(limit && { limit }) };
  const onFile: WordErrorSettings["onFile"] = (file, reference, hypothesis, { errors }) => {
    if (shown && errors > 0) console.error(`${errors}\t${file}\n\t${reference}\n\t${hypothesis}`);
  };
  const { transcribe, close } = direct ? await directTranscriber() : await openSocketTranscriber();
  const results = await measureWordErrorRate({ ...common, transcribe, onFile });
  await close();
  const baseline = values["no-baseline"]
    ? []
    : await measureWordErrorRate({ ...common, transcribe: await plainModel() });

  console.table(
    results.map(({ set, files, words, wordErrorRate, interval95, target }, at) => ({
      set,
      files,
      words,
      "WER %": wordErrorRate,
      "95 %": interval95.join(" - "),
      "at most": target,
      "plain model %": baseline[at]?.wordErrorRate ?? "-",
    })),
  );
  const transport = direct ? "engine" : "socket";
  console.log(JSON.stringify({ bench: "word-error-rate", transport, results, baseline }));
}

if (import.meta.main) await main();
