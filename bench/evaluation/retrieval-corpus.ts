import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import { chunk } from "#/lib/knowledge/reading/chunk.ts";
import {
  buildIndex,
  type IndexChunk,
  type SearchIndex,
  vectorTexts,
} from "#/lib/knowledge/search/build-index.ts";
import { vectorsOf } from "./cached-vectors.ts";
import type { EvaluationDocument, EvaluationQuery, RetrievalSet } from "./retrieval-sets.ts";

/** One searchable part of a set: its documents as passages, indexed the way the product does it. */
export type Corpus = { documents: EvaluationDocument[]; chunks: IndexChunk[]; index: SearchIndex };

export type PreparedSet = {
  set: RetrievalSet;
  corpusOf(query: EvaluationQuery): Corpus;
  vectorOf(query: EvaluationQuery): Float32Array;
};

const MAX_CHARACTERS = 1_200;

/** Reads, chunks, embeds and indexes a set; documents carry no declared subject, titles must do. */
export async function prepareSet(set: RetrievalSet, embedder: () => Promise<Embedder>): Promise<PreparedSet> {
  const domains = Map.groupBy(set.documents, ({ domain }) => domain ?? "");
  const parts = [...domains].map(([domain, documents]) => ({
    domain,
    documents,
    chunks: documents.flatMap(chunksOf),
  }));
  const passages = parts.flatMap(({ chunks }) => chunks.flatMap(vectorTexts));
  const texts = [...passages, ...set.queries.map(({ query }) => query)].map(cut);
  const vectors = await vectorsOf(texts, embedder);
  const vector = (text: string) => vectors.get(cut(text)) ?? new Float32Array();

  const corpora = new Map<string, Corpus>();
  for (const { domain, documents, chunks } of parts) {
    for (const one of chunks) one.vectors = concat(vectorTexts(one).map(vector));
    corpora.set(domain, { documents, chunks, index: buildIndex(chunks) });
  }
  return {
    set,
    vectorOf: ({ query }) => vector(query),
    corpusOf({ domain = "" }) {
      const corpus = corpora.get(domain);
      if (!corpus) throw new Error(`No documents for domain "${domain}".`);
      return corpus;
    },
  };
}

const cut = (text: string) => text.slice(0, MAX_CHARACTERS);

function chunksOf({ id, title, text }: EvaluationDocument): IndexChunk[] {
  return chunk({ title, sections: [{ headingPath: [], text }] }).map((piece) => ({
    id: `${id}#${piece.ordinal}`,
    documentId: id,
    title,
    headingPath: piece.headingPath,
    text: piece.text,
  }));
}

function concat(vectors: readonly Float32Array[]): Float32Array {
  const flat = new Float32Array(vectors.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const vector of vectors) {
    flat.set(vector, offset);
    offset += vector.length;
  }
  return flat;
}
