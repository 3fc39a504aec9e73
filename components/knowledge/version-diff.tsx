import { Card, CardHeader } from "#/components/ui/card.tsx";
import type { DiffPart } from "#/lib/knowledge/diff-words.ts";

type VersionDiffProps = { number: number; before: number | undefined; parts: readonly DiffPart[] };

/** What a version changed, word by word, in the text itself. */
export function VersionDiff({ number, before, parts }: VersionDiffProps) {
  const isChanged = parts.some(({ kind }) => kind !== "same");
  const title = before === undefined ? `Version ${number}` : `Version ${number} against ${before}`;
  return (
    <Card>
      <CardHeader
        title={title}
        hint={
          before === undefined
            ? "The first text that was kept."
            : isChanged
              ? "Added words are underlined, removed ones struck through."
              : "The words are the same."
        }
      />
      <div className="max-w-prose whitespace-pre-line">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a comparison never move.
          <Part key={index} part={part} />
        ))}
      </div>
    </Card>
  );
}

function Part({ part: { kind, text, left } }: { part: DiffPart }) {
  if (left !== undefined) {
    return (
      <span className="my-2 block text-sm text-muted">
        … {left.toLocaleString("en")} unchanged characters …
      </span>
    );
  }
  if (kind === "added") return <ins className="rounded-sm bg-ok-fill text-ok decoration-1">{text}</ins>;
  if (kind === "removed")
    return <del className="rounded-sm bg-error-fill text-error decoration-1">{text}</del>;
  return <span>{text}</span>;
}
