import type { SummaryFields, SummarySentence } from "#/lib/events/summary.ts";
import { SUMMARY_FIELDS } from "#/lib/events/summary.ts";
import type { DraftedFields } from "./drafted-fields.ts";
import type { AskModel } from "./ports.ts";
import { readDraft } from "./read-draft.ts";
import type { Turn } from "./read-material.ts";
import { type MaterialLine, materialPrompt, NOTES_RULES, SUMMARY_RULES } from "./summary-prompt.ts";

/** What every model in use reads at once; longer conversations are noted part by part first. */
const PART_CHARACTERS = 12_000;
const SIDE_BY_SIDE = 3;
/** Notes of notes: past this a conversation is cut, not folded again. */
const MOST_FOLDS = 3;

export type ModelDraft = { fields: DraftedFields; withheld: number };

export const linesOfTurns = (turns: readonly Turn[]): MaterialLine[] =>
  turns.map(({ id, speaker, text }) => ({
    text: `${speaker === "customer" ? "Customer" : "Agent"}: ${text.replace(/\s+/g, " ")}`,
    evidence: [id],
  }));

/** An earlier draft, as material for the next: a long call is read once and not once a minute. */
export const linesOfFields = (fields: SummaryFields): MaterialLine[] =>
  SUMMARY_FIELDS.flatMap((name) => fields[name].sentences).map(({ text, evidence }) => ({
    text: `Earlier note: ${text}`,
    evidence,
  }));

/**
 * Has a model write the summary from numbered lines. What does not fit at once is noted in parts, and the
 * notes, which carry the turns that they rest on, are summed up in their stead.
 */
export async function modelSummary(
  ask: AskModel,
  lines: readonly MaterialLine[],
  signal: AbortSignal,
): Promise<ModelDraft> {
  let material = lines;
  for (let fold = 0; fold < MOST_FOLDS && sizeOf(material) > PART_CHARACTERS; fold += 1)
    material = await noted(ask, material, signal);
  const fitting = partsOf(material)[0] ?? [];
  const answer = await ask({ instructions: SUMMARY_RULES, prompt: materialPrompt(fitting), signal });
  const { fields, withheld } = readDraft(answer, fitting);
  return { fields, withheld };
}

async function noted(
  ask: AskModel,
  lines: readonly MaterialLine[],
  signal: AbortSignal,
): Promise<MaterialLine[]> {
  const parts = partsOf(lines);
  const notes: SummarySentence[][] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < parts.length; at = next++) {
      const part = parts[at] ?? [];
      const answer = await ask({ instructions: NOTES_RULES, prompt: materialPrompt(part), signal });
      notes[at] = readDraft(answer, part).notes;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return notes.flat();
}

const sizeOf = (lines: readonly MaterialLine[]) => lines.reduce((sum, { text }) => sum + text.length, 0);

function partsOf(lines: readonly MaterialLine[]): MaterialLine[][] {
  const parts: MaterialLine[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (size + line.text.length > PART_CHARACTERS) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(line);
    size += line.text.length;
  }
  return parts;
}
