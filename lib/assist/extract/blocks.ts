import type { Sentence } from "#/lib/knowledge/reading/sentences.ts";

/** What must be shown whole: a sentence, or a list with the line that introduces it. */
export type Block = {
  start: number;
  end: number;
  /** Positions of its sentences. */
  sentences: number[];
  isQuestion: boolean;
  /** Begins with a word that points back ("This", "However"). */
  leansOnPrevious: boolean;
};

export const LIST_ITEM = /^(?:[-*•–]|\d{1,3}[.)])\s/;
const POINTS_BACK =
  /^(?:this|these|that|those|it|its|they|them|their|he|she|however|otherwise|then|instead|but|and|also|if so|if not|after that|in that case)\b/i;

/** Groups sentences into blocks; half a list of steps is worse than no answer. */
export function blocksOf(text: string, sentences: readonly Sentence[]): Block[] {
  const blocks: Block[] = [];
  let open: "intro" | "list" | undefined;
  sentences.forEach((sentence, i) => {
    const last = blocks.at(-1);
    const isItem = LIST_ITEM.test(sentence.text);
    const goesOnInLine = last !== undefined && !text.slice(last.end, sentence.start).includes("\n");
    if (last && ((isItem && open !== undefined) || (open === "list" && goesOnInLine))) {
      last.end = sentence.end;
      last.sentences.push(i);
      open = "list";
      return;
    }
    blocks.push({
      start: sentence.start,
      end: sentence.end,
      sentences: [i],
      isQuestion: sentence.text.endsWith("?"),
      leansOnPrevious: POINTS_BACK.test(sentence.text),
    });
    if (isItem) open = "list";
    else open = sentence.text.endsWith(":") ? "intro" : undefined;
  });
  return blocks;
}
