import type { SummaryFieldName, SummarySentence } from "#/lib/events/summary.ts";
import type { DraftedFields } from "./drafted-fields.ts";
import { noSentences } from "./drafted-fields.ts";
import type { MaterialLine } from "./summary-prompt.ts";

type Section = SummaryFieldName | "note";
const SECTIONS: readonly [RegExp, Section][] = [
  [/^reason$/i, "reason"],
  [/^facts?$/i, "facts"],
  [/^actions?$/i, "actions"],
  [/^outcome$/i, "outcome"],
  [/^notes?$/i, "note"],
];
const LINE = /^[\s\-*•#\d.)]*\**\s*(?:(reason|facts?|actions?|outcome|notes?)\s*\**\s*:)?\**\s*(.*)$/i;
const REFERENCE = /\s*\[(\d+(?:\s*[,;]\s*\d+)*)\]/g;
const MOST_OF_A_KIND = 8;
const LONGEST_SENTENCE = 1_000;
const STEM = 4;

export type ReadDraft = { fields: DraftedFields; notes: SummarySentence[]; withheld: number };

/**
 * Keeps of a model's answer what rests on the lines that it names: the lines exist, share words with the
 * sentence, and hold every number in it. The rest is withheld, and counted.
 */
export function readDraft(answer: string, lines: readonly MaterialLine[]): ReadDraft {
  const read: ReadDraft = { fields: noSentences(), notes: [], withheld: 0 };
  let section: Section | undefined;
  for (const line of answer.split("\n")) {
    const [, heading, rest = ""] = LINE.exec(line) ?? [];
    if (heading) section = SECTIONS.find(([pattern]) => pattern.test(heading))?.[1];
    if (rest.trim() === "" || !section) continue;
    const sentence = groundedSentence(rest, lines);
    const kept = section === "note" ? read.notes : read.fields[section];
    if (!sentence) read.withheld += 1;
    else if (kept.length < MOST_OF_A_KIND && !kept.some(({ text }) => text === sentence.text))
      kept.push(sentence);
  }
  return read;
}

function groundedSentence(written: string, lines: readonly MaterialLine[]): SummarySentence | undefined {
  const numbers = [...written.matchAll(REFERENCE)].flatMap(([, list = ""]) => list.split(/\D+/).map(Number));
  const text = written.replace(REFERENCE, "").trim();
  const named = [...new Set(numbers)].map((number) => lines[number - 1]);
  const found = named.filter((line) => line !== undefined);
  if (text === "" || text.length > LONGEST_SENTENCE || found.length === 0 || found.length < named.length)
    return undefined;
  const source = found.map((line) => line.text).join(" ");
  if (!holdsNumbers(text, source) || !sharesWords(text, source)) return undefined;
  return { text, evidence: [...new Set(found.flatMap(({ evidence }) => evidence))].slice(0, 50) };
}

const digitsOf = (text: string) =>
  (text.match(/\d+(?:[.,]\d+)*/g) ?? []).map((run) => run.replace(/\D/g, ""));

function holdsNumbers(text: string, source: string): boolean {
  const known = new Set(digitsOf(source));
  return digitsOf(text).every((number) => known.has(number));
}

const stemsOf = (text: string) =>
  (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, STEM));

function sharesWords(text: string, source: string): boolean {
  const known = new Set(stemsOf(source));
  return stemsOf(text).some((stem) => known.has(stem));
}
