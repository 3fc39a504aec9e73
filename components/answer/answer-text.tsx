import type { ReactNode } from "react";
import type { Sentence } from "#/lib/events/suggestion.ts";
import { type AnswerBlock, answerBlocks } from "./answer-blocks.ts";

type AnswerTextProps = {
  sentences: readonly Sentence[];
  /** The numbers behind a sentence. */
  marks(sentence: Sentence): ReactNode;
};

/** A settled answer: sentences and lists, each with the numbers of what it rests on. */
export function AnswerText({ sentences, marks }: AnswerTextProps) {
  return (
    <div className="flex flex-col gap-1.5 break-words">
      {answerBlocks(sentences).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a settled answer's blocks never change their places.
        <Block key={index} block={block} marks={marks} />
      ))}
    </div>
  );
}

type BlockProps = { block: AnswerBlock } & Pick<AnswerTextProps, "marks">;

function Block({ block, marks }: BlockProps) {
  if (block.kind === "prose")
    return (
      <p>
        <Sentences sentences={block.sentences} marks={marks} />
      </p>
    );
  const List = block.ordered ? "ol" : "ul";
  return (
    <List
      start={block.ordered ? block.start : undefined}
      className={`flex flex-col gap-0.5 pl-5 marker:text-muted ${block.ordered ? "list-decimal" : "list-disc"}`}
    >
      {block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a settled answer's items never change their places.
        <li key={index}>
          <Sentences sentences={item} marks={marks} />
        </li>
      ))}
    </List>
  );
}

function Sentences({ sentences, marks }: AnswerTextProps) {
  return sentences.map((sentence, index) => {
    const last = lastWord(sentence.text);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a settled answer's sentences never change their places.
      <span key={index} className="whitespace-pre-line">
        {sentence.text.slice(0, sentence.text.length - last.length)}
        <span className={last.length < LONG_WORD ? "whitespace-nowrap" : undefined}>
          {last}
          {marks(sentence)}
        </span>{" "}
      </span>
    );
  });
}

/** A longer word may break, and its number with it. */
const LONG_WORD = 24;
/** A number never stands alone on a line: it keeps to the word before it. */
const lastWord = (text: string) => /\S*$/.exec(text)?.[0] ?? "";
