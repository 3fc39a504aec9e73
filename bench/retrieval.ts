import { createEmbedder } from "#/lib/knowledge/embedding/create-embedder.ts";
import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import { bootstrap, hitAt, mean, pairedDifference, percent, reciprocal } from "./evaluation/measures.ts";
import { type PreparedSet, prepareSet } from "./evaluation/retrieval-corpus.ts";
import { evaluationFolder, loadRetrievalSet } from "./evaluation/retrieval-sets.ts";
import {
  bm25,
  bm25WithContext,
  dense,
  entityThenLastTurn,
  mixOf,
  ours,
  oursWithoutMeaning,
  reciprocalRanks,
  type System,
} from "./evaluation/retrieval-systems.ts";
import { silenceCurve } from "./evaluation/silence-curve.ts";

const BASELINES = [bm25, bm25WithContext, entityThenLastTurn, dense, mixOf(0.5), mixOf(0.6), reciprocalRanks];
const SETS = [
  { name: "ret-hint3", k: 1 },
  { name: "ret-tau-banking", k: 5 },
  { name: "ret-dstc11t5", k: 5 },
];

let started: Promise<Embedder> | undefined;
const embedder = () => {
  started ??= createEmbedder();
  return started;
};

function measure(prepared: PreparedSet, system: System) {
  const judged = prepared.set.queries.filter(({ id }) => prepared.set.relevant.has(id));
  const begun = performance.now();
  const ranks = judged.map((query) => {
    const relevant = prepared.set.relevant.get(query.id);
    const rank = system.rank(prepared, query).findIndex((id) => relevant?.has(id));
    return rank < 0 ? Number.POSITIVE_INFINITY : rank;
  });
  return { system: system.name, ranks, msPerQuery: (performance.now() - begun) / judged.length };
}

function report(prepared: PreparedSet, k: number) {
  const all = [ours, oursWithoutMeaning, ...BASELINES].map((system) => measure(prepared, system));
  const hits = (run: (typeof all)[number]) => run.ranks.map(hitAt(k));
  const rows = all.map((run) => ({
    system: run.system,
    [`hit@${k} [95 %]`]: percent(bootstrap(hits(run))),
    "hit@1": (100 * mean(run.ranks.map(hitAt(1)))).toFixed(1),
    "hit@5": (100 * mean(run.ranks.map(hitAt(5)))).toFixed(1),
    MRR: mean(run.ranks.map(reciprocal)).toFixed(3),
    "ms/query": run.msPerQuery.toFixed(2),
  }));
  const [mine, , ...others] = all;
  const best = others.toSorted((a, b) => mean(hits(b)) - mean(hits(a)))[0];
  console.log(
    `\n${prepared.set.name}: ${mine?.ranks.length} questions, ${prepared.set.documents.length} documents`,
  );
  console.table(rows);
  if (!mine || !best) return { set: prepared.set.name, rows };
  const ahead = pairedDifference(hits(mine), hits(best));
  console.log(`ours minus the best baseline (${best.system}), hit@${k}: ${percent(ahead)} points`);
  return { set: prepared.set.name, k, ours: bootstrap(hits(mine)), best: best.system, ahead, rows };
}

function reportSilence(prepared: PreparedSet) {
  const curve = silenceCurve(prepared, [CARD_THRESHOLD]);
  console.log("\nCards by threshold (ret-hint3): answerable questions against those that nothing answers");
  console.table(
    curve.map((point) => ({
      threshold: `${point.threshold.toFixed(2)}${point.threshold === CARD_THRESHOLD ? " <- chosen" : ""}`,
      "right first source": `${(100 * point.rightCards).toFixed(1)} %`,
      "any card": `${(100 * point.cards).toFixed(1)} %`,
      "card for unanswerable": `${(100 * point.falseCards).toFixed(1)} %`,
    })),
  );
  return { set: prepared.set.name, chosen: CARD_THRESHOLD, curve };
}

async function run(folder: string) {
  const results: unknown[] = [];
  for (const { name, k } of SETS) {
    const prepared = await prepareSet(loadRetrievalSet(folder, name), embedder);
    results.push(report(prepared, k));
    if (name === "ret-hint3") results.push(reportSilence(prepared));
  }
  await (await started)?.close();
  console.log(JSON.stringify({ bench: "retrieval", results }));
}

const folder = evaluationFolder();
if (folder) await run(folder);
else console.log("skipped: retrieval (set EVAL_DATA_DIR to the folder of the evaluation data)");
