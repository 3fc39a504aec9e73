import { LIST_ITEM } from "./blocks.ts";

/** A stretch of a passage, scored as an answer. */
export type Piece = { text: string; start: number; end: number; score: number };

const MAX_ITEMS = 3;
/** An item this much worse than the best of its list belongs to another question. */
const ITEM_SHARE = 0.75;
const STEP = /^\d{1,3}[.)]\s/;

/**
 * What of a block fits a glance. A short list is shown whole. Of a longer one come its first steps, when
 * what to do is asked and so their order counts, or the items closest to the question; the line that introduces it stays.
 */
export function atAGlance(sentences: readonly Piece[], inOrder: boolean): Piece[] {
  const items = itemsOf(sentences);
  const listed = items.filter(({ text }) => LIST_ITEM.test(text));
  if (listed.length <= MAX_ITEMS) return [joined(sentences)].flatMap((whole) => whole ?? []);
  const isSteps = inOrder && STEP.test(listed[0]?.text ?? "");
  const kept = isSteps ? listed.slice(0, MAX_ITEMS) : closest(listed);
  return items.filter((item) => kept.includes(item) || !listed.includes(item));
}

function closest(items: readonly Piece[]): Piece[] {
  const byScore = items.toSorted((a, b) => b.score - a.score).slice(0, MAX_ITEMS);
  const top = byScore[0]?.score ?? 0;
  return byScore.filter(({ score }) => score >= top * ITEM_SHARE);
}

/** The sentences of an item belong together. */
function itemsOf(sentences: readonly Piece[]): Piece[] {
  const groups: Piece[][] = [];
  for (const sentence of sentences) {
    const open = groups.at(-1);
    if (open && !LIST_ITEM.test(sentence.text)) open.push(sentence);
    else groups.push([sentence]);
  }
  return groups.flatMap((group) => joined(group) ?? []);
}

function joined(group: readonly Piece[]): Piece | undefined {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return undefined;
  return {
    text: first.text,
    start: first.start,
    end: last.end,
    score: Math.max(...group.map((one) => one.score)),
  };
}
