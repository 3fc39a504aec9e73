import type { Sentence } from "#/lib/events/suggestion.ts";

/** Sentences that are read on from one another, or the items of a list. */
export type AnswerBlock =
  | { kind: "prose"; sentences: readonly Sentence[] }
  | { kind: "list"; ordered: boolean; start: number; items: readonly (readonly Sentence[])[] };

type Piece = Sentence & { marker?: string };

const MARKER = /^(?:[-*•]|\d{1,2}[.)])\s+/;

/**
 * An answer as it is read. Articles write lists as lines with a marker, and an extractive answer repeats them
 * letter by letter: here the markers become a list. No word is lost, and every item keeps its sources.
 */
export function answerBlocks(sentences: readonly Sentence[]): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  for (const piece of sentences.flatMap(piecesOf)) {
    const { marker, ...sentence } = piece;
    const last = blocks.at(-1);
    if (marker === undefined) {
      if (last?.kind === "prose")
        blocks.splice(-1, 1, { kind: "prose", sentences: [...last.sentences, sentence] });
      else blocks.push({ kind: "prose", sentences: [sentence] });
      continue;
    }
    const ordered = /^\d/.test(marker);
    if (last?.kind === "list" && last.ordered === ordered)
      blocks.splice(-1, 1, { ...last, items: [...last.items, [sentence]] });
    else
      blocks.push({
        kind: "list",
        ordered,
        start: ordered ? Number.parseInt(marker, 10) : 1,
        items: [[sentence]],
      });
  }
  return blocks;
}

/** The answer as plain text, for a message box: a list item has a line to itself. */
export function answerText(sentences: readonly Sentence[]): string {
  return answerBlocks(sentences).map(blockText).join("\n");
}

function blockText(block: AnswerBlock): string {
  const joined = (all: readonly Sentence[]) => all.map(({ text }) => text).join(" ");
  if (block.kind === "prose") return joined(block.sentences);
  return block.items
    .map((item, index) => `${block.ordered ? `${block.start + index}.` : "-"} ${joined(item)}`)
    .join("\n");
}

/** A sentence may hold several lines of a list; its sources belong to the last of them, where it ends. */
function piecesOf({ text, citations }: Sentence): Piece[] {
  const lines = text.split(/\n+(?=(?:[-*•]|\d{1,2}[.)])\s)/);
  return lines.map((line, index) => {
    const marker = MARKER.exec(line)?.[0];
    return {
      text: line.slice(marker?.length ?? 0).trim(),
      citations: index === lines.length - 1 ? citations : [],
      ...(marker === undefined ? {} : { marker: marker.trim() }),
    };
  });
}
