import type { ReadDocument, Section } from "./read-document.ts";
import { sentencesOf, wordCount } from "./sentences.ts";

export type Chunk = {
  ordinal: number;
  headingPath: string[];
  text: string;
  /** The page that it begins on, where the document has pages. */
  page?: number;
};

/** Room for one complete answer; longer passages blur what the ranking sees. */
const TARGET_WORDS = 170;
const MAX_WORDS = 220;
/** A rest shorter than this joins the passage before it instead of standing alone. */
const MIN_REST_WORDS = 60;
const MAX_OVERLAP_WORDS = 30;

type Unit = { text: string; words: number; startsLine: boolean; start: number };

/**
 * Cuts a document into passages. A heading always starts a new one, a sentence, list item or table row is
 * never cut, and inside a section the last sentence is repeated so that no answer hangs on a cut.
 */
export function chunk(document: ReadDocument): Chunk[] {
  return document.sections
    .flatMap((section) =>
      cutSection(section).map((units) => ({
        headingPath: [...section.headingPath],
        text: textOf(units),
        ...pageOf(section, units),
      })),
    )
    .map((piece, ordinal) => ({ ordinal, ...piece }));
}

function pageOf({ pageStarts }: Section, [first]: readonly Unit[]): { page?: number } {
  const page = pageStarts?.findLast(({ at }) => at <= (first?.start ?? 0))?.page;
  return page === undefined ? {} : { page };
}

function cutSection(section: Section): Unit[][] {
  const groups: Unit[][] = [];
  let current: Unit[] = [];
  for (const unit of unitsOf(section.text)) {
    const words = total(current);
    if (current.length > 0 && (words + unit.words > MAX_WORDS || words >= TARGET_WORDS)) {
      groups.push(current);
      current = overlapOf(current);
    }
    current.push(unit);
  }
  if (current.length > 0) groups.push(current);
  return joinShortRest(groups);
}

/** A sentence longer than a passage (a table pasted as one line) is cut between words as the last resort. */
function unitsOf(text: string): Unit[] {
  return sentencesOf(text).flatMap(({ text: sentence, start }) => {
    const startsLine = start === 0 || /\n\s*$/.test(text.slice(Math.max(0, start - 40), start));
    const words = sentence.split(/\s+/);
    if (words.length <= MAX_WORDS) return [{ text: sentence, words: words.length, startsLine, start }];
    return Array.from({ length: Math.ceil(words.length / TARGET_WORDS) }, (_, i) => {
      const part = words.slice(i * TARGET_WORDS, (i + 1) * TARGET_WORDS);
      return { text: part.join(" "), words: part.length, startsLine: startsLine && i === 0, start };
    });
  });
}

function overlapOf(units: readonly Unit[]): Unit[] {
  const last = units.at(-1);
  return last && units.length > 1 && last.words <= MAX_OVERLAP_WORDS ? [last] : [];
}

function joinShortRest(groups: Unit[][]): Unit[][] {
  const rest = groups.at(-1);
  const before = groups.at(-2);
  if (!rest || !before || total(rest) >= MIN_REST_WORDS) return groups;
  const repeated = rest[0] === before.at(-1) ? 1 : 0;
  const joined = [...before, ...rest.slice(repeated)];
  return total(joined) > MAX_WORDS ? groups : [...groups.slice(0, -2), joined];
}

function total(units: readonly Unit[]): number {
  return units.reduce((sum, unit) => sum + unit.words, 0);
}

function textOf(units: readonly Unit[]): string {
  return units
    .map((unit, i) => (i === 0 ? unit.text : `${unit.startsLine ? "\n" : " "}${unit.text}`))
    .join("");
}

/** How long a passage is, for the pages that show it. */
export function chunkWords(piece: Chunk): number {
  return wordCount(piece.text);
}
