import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type EvaluationDocument = {
  id: string;
  title: string;
  text: string;
  entity?: string;
  domain?: string;
};
export type EvaluationTurn = { speaker: "customer" | "agent"; text: string };
export type EvaluationQuery = {
  id: string;
  query: string;
  context?: EvaluationTurn[];
  domain?: string;
  in_scope?: boolean;
};
export type RetrievalSet = {
  name: string;
  documents: EvaluationDocument[];
  queries: EvaluationQuery[];
  relevant: Map<string, Set<string>>;
};

/** The folder of the evaluation data, or undefined: none of it is part of the repository. */
export function evaluationFolder(): string | undefined {
  const folder = process.env.EVAL_DATA_DIR;
  return folder && existsSync(folder) ? folder : undefined;
}

export function readJsonLines<T>(path: string): T[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
}

export function loadRetrievalSet(folder: string, name: string): RetrievalSet {
  const relevant = new Map<string, Set<string>>();
  const rows = readFileSync(join(folder, name, "qrels.dev.tsv"), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  for (const row of rows) {
    const [query = "", document = "", grade = "0"] = row.split("\t");
    if (Number(grade) > 0) relevant.set(query, (relevant.get(query) ?? new Set()).add(document));
  }
  const documents = readJsonLines<EvaluationDocument>(join(folder, name, "corpus.jsonl"));
  return {
    name,
    // hint3 keeps the example phrasings of an intent on one line; each is a line of its own here.
    documents: documents.map((document) => ({ ...document, text: document.text.replaceAll(" | ", "\n") })),
    queries: readJsonLines<EvaluationQuery>(join(folder, name, "queries.dev.jsonl")),
    relevant,
  };
}
