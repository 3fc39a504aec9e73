import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";

const BLOCK = 512;

/**
 * The vectors of many texts, kept in the system's temporary folder: a corpus takes minutes to embed and
 * does not change from run to run. One file per block of texts, named by their hash.
 */
export async function vectorsOf(
  texts: Iterable<string>,
  embedder: () => Promise<Embedder>,
): Promise<Map<string, Float32Array>> {
  const folder = join(tmpdir(), "omnibots-bench-vectors");
  mkdirSync(folder, { recursive: true });
  const distinct = [...new Set(texts)].sort();
  const vectors = new Map<string, Float32Array>();
  for (let start = 0; start < distinct.length; start += BLOCK) {
    const block = distinct.slice(start, start + BLOCK);
    const file = join(folder, createHash("sha256").update(JSON.stringify(block)).digest("hex"));
    const flat = existsSync(file) ? readFlat(file) : await embedBlock(block, file, await embedder());
    const dimensions = flat.length / block.length;
    block.forEach((text, i) => {
      vectors.set(text, flat.subarray(i * dimensions, (i + 1) * dimensions));
    });
  }
  return vectors;
}

function readFlat(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

async function embedBlock(block: string[], file: string, embedder: Embedder): Promise<Float32Array> {
  const vectors = await embedder.embed(block);
  const flat = new Float32Array(block.length * embedder.dimensions);
  vectors.forEach((vector, i) => {
    flat.set(vector, i * embedder.dimensions);
  });
  writeFileSync(file, Buffer.from(flat.buffer));
  return flat;
}
