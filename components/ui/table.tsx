import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names.ts";

type TableProps = {
  children: ReactNode;
  /** Says what the rows are, for screen readers. */
  caption: string;
  /** Rows of 36 px, or 28 px. */
  density?: "normal" | "compact";
  /** The table scrolls inside this height and its header stays. */
  maxHeight?: string;
  /** Draws its own border; off inside a card. */
  framed?: boolean;
};

/** A list in rows. Wide tables scroll inside themselves, never the page. */
export function Table({ children, caption, density = "normal", maxHeight, framed = true }: TableProps) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      data-density={density}
      style={maxHeight ? { maxHeight } : undefined}
      className={cn("group/table relative min-w-0 overflow-auto", framed && "rounded-md border bg-surface")}
    >
      <table className="w-full border-separate border-spacing-0 text-base">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="sticky top-0 z-10 bg-surface">
      <tr>{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="[&>tr:last-child>*]:border-b-0">{children}</tbody>;
}

type RowProps = Omit<ComponentProps<"tr">, "className"> & {
  selected?: boolean;
  /** The row opens something: it lights up under the pointer and j/k stop at it (see `ListKeys`). */
  opens?: boolean;
  /** Stays under the header while the rest scrolls. */
  pinned?: boolean;
};

export function TableRow({ selected, opens, pinned, ...props }: RowProps) {
  return (
    <tr
      data-list-row={opens ? "" : undefined}
      tabIndex={opens ? -1 : undefined}
      aria-selected={selected}
      className={cn(
        opens && "cursor-pointer hover:bg-hover focus-visible:-outline-offset-2",
        pinned && "sticky top-8 z-[5] bg-background",
        selected && "bg-selected hover:bg-selected",
      )}
      {...props}
    />
  );
}

const cellVariants = cva("border-b px-3 align-middle first:pl-4 last:pr-4", {
  variants: {
    align: { left: "text-left", right: "text-right tabular-nums", center: "text-center" },
    width: { auto: "", min: "w-px whitespace-nowrap", wide: "w-full" },
    tone: { plain: "", muted: "text-muted", mono: "font-mono text-sm" },
    wrap: { normal: "", never: "whitespace-nowrap", truncate: "max-w-0 truncate" },
  },
  defaultVariants: { align: "left", width: "auto", tone: "plain", wrap: "normal" },
});

type CellVariants = VariantProps<typeof cellVariants>;

type HeaderProps = Pick<CellVariants, "align" | "width"> & {
  children?: ReactNode;
  /** The order that the rows are in by this column, if they are. */
  sorted?: "ascending" | "descending";
};

export function TableHeader({ children, align, width, sorted }: HeaderProps) {
  return (
    <th
      scope="col"
      aria-sort={sorted}
      className={cn(
        cellVariants({ align, width }),
        "h-8 text-xs font-medium whitespace-nowrap text-muted group-data-[density=compact]/table:h-7",
      )}
    >
      {children}
    </th>
  );
}

type CellProps = CellVariants & { children?: ReactNode; colSpan?: number; title?: string };

export function TableCell({ children, align, width, tone, wrap, ...props }: CellProps) {
  return (
    <td
      className={cn(
        cellVariants({ align, width, tone, wrap }),
        "h-9 py-1 group-data-[density=compact]/table:h-7 group-data-[density=compact]/table:py-0 group-data-[density=compact]/table:text-sm",
      )}
      {...props}
    >
      {children}
    </td>
  );
}
