import { Tooltip } from "#/components/ui/tooltip.tsx";

type ScoreBarProps = {
  term: string;
  /** From 0 to 1; what lies outside is shown at the end. */
  value: number;
  /** A value that matters, drawn as a line. */
  line?: number | undefined;
  tone?: "accent" | "ok" | "muted";
  hint?: string | undefined;
};

const FILLS = { accent: "bg-accent", ok: "bg-ok-line", muted: "bg-muted" };

/** A share as a bar with its number; the term says on hover what it means. */
export function ScoreBar({ term, value, line, tone = "accent", hint }: ScoreBarProps) {
  const word = <span className={hint ? "border-b border-dotted border-line-strong" : ""}>{term}</span>;
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)_2.5rem] items-center gap-2 text-sm">
      <dt className="text-muted">{hint ? <Tooltip content={hint}>{word}</Tooltip> : word}</dt>
      <dd className="relative h-2 rounded-sm bg-line" aria-hidden>
        <span
          className={`absolute inset-y-0 left-0 rounded-sm ${FILLS[tone]}`}
          style={{ width: `${percent(value)}%` }}
        />
        {line === undefined ? null : (
          <span className="absolute -inset-y-1 w-0.5 bg-text" style={{ left: `${percent(line)}%` }} />
        )}
      </dd>
      <dd className="text-right tabular-nums">{value.toFixed(2)}</dd>
    </div>
  );
}

const percent = (value: number) => Math.max(0, Math.min(1, value)) * 100;
