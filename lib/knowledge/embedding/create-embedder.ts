import { AppError } from "#/lib/kernel/app-error.ts";
import type { Embedder } from "./embedder.ts";
import { createWorkerLine, type WorkerLine } from "./worker-line.ts";

export const EMBEDDED_MODEL = "universal-sentence-encoder-lite";
export const EMBEDDED_DIMENSIONS = 512;

/** Small enough that a question never waits long behind an import that is being indexed. */
const BATCH_SIZE = 8;
const INTERACTIVE_TEXTS = 4;
/** The encoder averages words: past this length a text adds time and no meaning. */
const MAX_CHARACTERS = 1_200;

type Job = {
  texts: string[];
  attempts: number;
  resolve(vectors: Float32Array[]): void;
  reject(error: unknown): void;
};

export type CreateEmbedderOptions = {
  timeoutMs?: number;
  startTimeoutMs?: number;
  /** Tests put a worker here that misbehaves. */
  worker?: URL;
};

/**
 * The embedded sentence encoder, in a thread of its own because it would block the loop. Questions
 * overtake bulk work. A thread that dies or hangs is replaced and its batch tried once more.
 */
export async function createEmbedder(options: CreateEmbedderOptions = {}): Promise<Embedder> {
  const {
    timeoutMs = 10_000,
    startTimeoutMs = 60_000,
    worker = new URL("./embedding-worker.ts", import.meta.url),
  } = options;
  const interactive: Job[] = [];
  const bulk: Job[] = [];
  let line: WorkerLine | undefined;
  let running = false;
  let closed = false;

  const connect = async () => {
    line ??= await createWorkerLine(worker, EMBEDDED_DIMENSIONS, startTimeoutMs);
    return line;
  };

  const attempt = async (job: Job): Promise<void> => {
    job.attempts += 1;
    try {
      job.resolve(await (await connect()).ask(job.texts, timeoutMs));
    } catch (cause) {
      await line?.close();
      line = undefined;
      if (job.attempts < 2 && !closed) return attempt(job);
      job.reject(new AppError("upstream_unavailable", "The embedding model did not answer.", { cause }));
    }
  };

  const drain = async () => {
    if (running) return;
    running = true;
    for (let job = interactive.shift() ?? bulk.shift(); job; job = interactive.shift() ?? bulk.shift()) {
      await attempt(job);
    }
    running = false;
  };

  const enqueue = (texts: string[], queue: Job[]) =>
    new Promise<Float32Array[]>((resolve, reject) => {
      queue.push({ texts, attempts: 0, resolve, reject });
      void drain();
    });

  await connect();
  return {
    model: EMBEDDED_MODEL,
    dimensions: EMBEDDED_DIMENSIONS,
    async embed(texts) {
      if (closed) throw new AppError("upstream_unavailable", "The embedding model is shut down.");
      const queue = texts.length <= INTERACTIVE_TEXTS ? interactive : bulk;
      const batches = batchesOf(texts.map((text) => text.slice(0, MAX_CHARACTERS)));
      return (await Promise.all(batches.map((batch) => enqueue(batch, queue)))).flat();
    },
    async close() {
      closed = true;
      await line?.close();
      line = undefined;
    },
  };
}

function batchesOf(texts: readonly string[]): string[][] {
  const count = Math.ceil(texts.length / BATCH_SIZE);
  return Array.from({ length: count }, (_, i) => texts.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE));
}
