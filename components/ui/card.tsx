import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

const cardVariants = cva("min-w-0 rounded-md border bg-surface", {
  variants: {
    padding: { none: "", md: "p-4" },
    tone: {
      plain: "",
      error: "border-error-line/50",
      link: "transition-colors hover:border-line-strong hover:bg-hover/40",
    },
  },
  defaultVariants: { padding: "md", tone: "plain" },
});

type CardProps = VariantProps<typeof cardVariants> & { children: ReactNode };

/** A ground of its own for one thing. Cards do not nest. */
export function Card({ children, padding, tone }: CardProps) {
  return <div className={cn(cardVariants({ padding, tone }))}>{children}</div>;
}

type CardHeaderProps = { title: ReactNode; hint?: ReactNode; actions?: ReactNode };

/** Title, one sentence, actions at the right; goes first in a card. */
export function CardHeader({ title, hint, actions }: CardHeaderProps) {
  return (
    <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h2 className="text-base font-semibold">{title}</h2>
        {hint ? <p className="text-sm text-muted">{hint}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** Term and value pairs in two columns, for the facts of one thing. */
export function Facts({ items }: { items: readonly { term: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,max-content)_1fr] gap-x-4 gap-y-1.5 text-sm">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts never move.
        <div key={index} className="contents">
          <dt className="text-muted">{item.term}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
