"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";

type SortButtonProps = {
  sorted: false | "asc" | "desc";
  onSort: () => void;
  label: string;
  /** The mark stands before the words, so that these end where their numbers do. */
  before?: boolean;
};

const ICONS = { asc: ArrowUp, desc: ArrowDown } as const;

/** A header that sorts: once one way, once the other, then as the list came. */
export function SortButton({ sorted, onSort, label, before = false }: SortButtonProps) {
  const Icon = sorted ? ICONS[sorted] : ChevronsUpDown;
  return (
    <button
      type="button"
      onClick={onSort}
      className={`group/sort -mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-text ${before ? "flex-row-reverse" : ""}`}
    >
      {label}
      <Icon
        aria-hidden
        className={
          sorted
            ? "size-3 text-text"
            : "size-3 opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100"
        }
      />
    </button>
  );
}

type Sortable = { getValue: (id: string) => unknown };

/** Numbers by size, text as a person would look for it: case aside, "Queue 2" before "Queue 10". */
export function compareCells(a: Sortable, b: Sortable, id: string): number {
  const [one, other] = [a.getValue(id), b.getValue(id)];
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "en", { numeric: true, sensitivity: "base" });
}
