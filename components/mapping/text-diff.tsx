import { diffWordsWithSpace } from "diff";

/** Two versions of a text in one: what went is struck through, what came is underlined. */
export function TextDiff({ from, to }: { from: string; to: string }) {
  return (
    <p className="max-h-64 overflow-y-auto whitespace-pre-wrap">
      {diffWordsWithSpace(from, to).map((part, index) => {
        if (part.removed)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one comparison never move.
            <del key={index} className="bg-error-fill text-error">
              {part.value}
            </del>
          );
        if (part.added)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one comparison never move.
            <ins key={index} className="bg-ok-fill text-ok">
              {part.value}
            </ins>
          );
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one comparison never move.
        return <span key={index}>{part.value}</span>;
      })}
    </p>
  );
}
