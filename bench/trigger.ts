import { join } from "node:path";
import { type TriggerTurn, worthSuggestion } from "#/lib/assist/trigger/worth-suggestion.ts";
import { bootstrap, percent } from "./evaluation/measures.ts";
import { evaluationFolder, readJsonLines } from "./evaluation/retrieval-sets.ts";

type Labelled = { id: string; turn: string; context: TriggerTurn[]; needs_knowledge: boolean };
type Decision = { asked: boolean; wanted: boolean };
type Decide = (turn: string, context: readonly TriggerTurn[]) => boolean;

const QUESTION_WORDS = /\?|\b(?:what|when|where|which|who|why|how|do|does|is|are|can)\b/i;

/** The simple rules of BASELINES, beside ours; none of them has seen a label. */
const SYSTEMS: readonly { name: string; decide: Decide }[] = [
  { name: "ours", decide: (turn, context) => worthSuggestion(turn, context).ask },
  { name: "ours, marks removed", decide: (turn, context) => worthSuggestion(unmarked(turn), context).ask },
  { name: "always", decide: () => true },
  { name: "question mark", decide: (turn) => turn.includes("?") },
  { name: "question mark or question word", decide: (turn) => QUESTION_WORDS.test(turn) },
];

const SETS = [
  { name: "trigger-dstc11t5", form: "written" },
  { name: "trigger-dstc10-spoken", form: "spoken" },
];
const RESAMPLES = 1_000;

function unmarked(turn: string): string {
  return turn.toLowerCase().replaceAll(/[?.,!;:]/g, "");
}

function counts(decisions: readonly Decision[]) {
  let right = 0;
  let shown = 0;
  let wanted = 0;
  for (const decision of decisions) {
    if (decision.asked && decision.wanted) right += 1;
    if (decision.asked) shown += 1;
    if (decision.wanted) wanted += 1;
  }
  return {
    precision: right / (shown || 1),
    recall: right / (wanted || 1),
    f1: (2 * right) / (shown + wanted || 1),
  };
}

/** F1 is no mean, so whole sets of turns are drawn again rather than values averaged. */
function f1Interval(decisions: readonly Decision[]) {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
    return decisions[state % decisions.length] ?? { asked: false, wanted: false };
  };
  const drawn = Array.from({ length: RESAMPLES }, () => counts(decisions.map(next)).f1).sort((a, b) => a - b);
  const at = (share: number) => drawn[Math.floor(share * (RESAMPLES - 1))] ?? 0;
  return { value: counts(decisions).f1, low: at(0.025), high: at(0.975) };
}

function run(folder: string) {
  const results = SETS.map(({ name, form }) => {
    const turns = readJsonLines<Labelled>(join(folder, name, "dev.jsonl"));
    const rows = SYSTEMS.map(({ name: system, decide }) => {
      const decisions = turns.map(({ turn, context, needs_knowledge }) => ({
        asked: decide(turn, context),
        wanted: needs_knowledge,
      }));
      const { precision, recall } = counts(decisions);
      return { system, precision, recall, f1: f1Interval(decisions) };
    });
    const share = bootstrap(turns.map(({ needs_knowledge }) => (needs_knowledge ? 1 : 0)));
    console.log(`\n${name} (${form}): ${turns.length} turns, ${percent(share)} % deserve a card`);
    console.table(
      rows.map(({ system, precision, recall, f1 }) => ({
        system,
        precision: precision.toFixed(3),
        recall: recall.toFixed(3),
        "F1 x 100 [95 %]": percent(f1),
      })),
    );
    return { set: name, form, turns: turns.length, rows };
  });
  console.log(JSON.stringify({ bench: "trigger", results }));
}

const folder = evaluationFolder();
if (folder) run(folder);
else console.log("skipped: trigger (set EVAL_DATA_DIR to the folder of the evaluation data)");
