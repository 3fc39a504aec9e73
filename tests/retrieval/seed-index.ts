import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import { chunk } from "#/lib/knowledge/reading/chunk.ts";
import { readDocument } from "#/lib/knowledge/reading/read-document.ts";
import {
  buildIndex,
  type IndexChunk,
  type SearchIndex,
  vectorTexts,
} from "#/lib/knowledge/search/build-index.ts";

const ARTICLES = join(import.meta.dirname, "../../drizzle/seed/content/articles");

/** The sections of the seed's articles, read as an upload is read; a document's id is its file's name. */
export function seedChunks(): IndexChunk[] {
  return readdirSync(ARTICLES).flatMap((file) => {
    const document = readDocument({ content: readFileSync(join(ARTICLES, file)), name: file });
    const documentId = basename(file, ".md");
    return chunk(document).map((piece) => ({
      ...piece,
      id: `${documentId}#${piece.ordinal}`,
      documentId,
      title: document.title,
    }));
  });
}

/** The seed's articles as the product indexes them. */
export async function seedIndex(embedder: Embedder): Promise<SearchIndex> {
  const indexed: IndexChunk[] = [];
  for (const piece of seedChunks()) {
    const vectors = await embedder.embed(vectorTexts(piece));
    indexed.push({ ...piece, vectors: Float32Array.from(vectors.flatMap((vector) => [...vector])) });
  }
  return buildIndex(indexed);
}
