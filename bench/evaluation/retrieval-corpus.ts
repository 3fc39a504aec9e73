import { partsOfTurn } from "#/lib/assist/trigger/parts-of-turn.ts";
import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import { chunk } from "#/lib/knowledge/reading/chunk.ts";
import {
  buildIndex,
  type IndexChunk,
  type SearchIndex,
  vectorTexts,
} from "#/lib/knowledge/search/build-index.ts";
import { composeQuery, type SearchQuery } from "#/lib/knowledge/search/compose-query.ts";
import type { Forms } from "#/lib/knowledge/search/dense.ts";
import { vectorsOf } from "./cached-vectors.ts";
import type { EvaluationDocument, EvaluationQuery, RetrievalSet } from "./retrieval-sets.ts";

/** One searchable part of a set: its documents as passages, indexed the way the product does it. */
export type Corpus = { documents: EvaluationDocument[]; chunks: IndexChunk[]; index: SearchIndex };

export type PreparedSet = {
  set: RetrievalSet;
  corpusOf(query: EvaluationQuery): Corpus;
  /** Of the last turn as it was said, for the baselines. */
  vectorOf(query: EvaluationQuery): Float32Array;
  /** What the product looks up for a query, and the vectors of its forms. */
  lookupOf(query: EvaluationQuery): { query: SearchQuery; vectors: Forms };
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
  // Apart from the corpus: another way to put a question must not cost its vectors.
  const forms = await vectorsOf(set.queries.flatMap((query) => composed(query).forms).map(cut), embedder);
  const vector = (text: string) => vectors.get(cut(text)) ?? new Float32Array();

  const corpora = new Map<string, Corpus>();
  for (const { domain, documents, chunks } of parts) {
    for (const one of chunks) one.vectors = concat(vectorTexts(one).map(vector));
    corpora.set(domain, { documents, chunks, index: buildIndex(chunks) });
  }
  const corpusOf = ({ domain = "" }: EvaluationQuery) => {
    const corpus = corpora.get(domain);
    if (!corpus) throw new Error(`No documents for domain "${domain}".`);
    return corpus;
  };
  return {
    set,
    corpusOf,
    vectorOf: ({ query }) => vector(query),
    lookupOf(query) {
      const lookup = composed(query, corpusOf(query).index);
      const [first, ...others] = lookup.forms.map((form) => forms.get(cut(form)) ?? new Float32Array());
      return { query: lookup, vectors: [first ?? new Float32Array(), ...others] };
    },
  };
}

function composed({ context = [], query }: EvaluationQuery, index?: SearchIndex): SearchQuery {
  return composeQuery([...context, { speaker: "customer", text: query }], index, partsOfTurn(query));
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
