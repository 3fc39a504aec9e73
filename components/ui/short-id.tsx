"use client";

import { shortenId } from "./shorten.ts";
import { useCopy } from "./use-copy.ts";

type ShortIdProps = { id: string; label?: string };

/** An id, shortened in the middle; a click copies the whole. */
export function ShortId({ id, label = "id" }: ShortIdProps) {
  const { state, copy } = useCopy(id);
  return (
    <button
      type="button"
      title={`${id}\nClick to copy`}
      onClick={(event) => {
        event.stopPropagation();
        copy();
      }}
      className="relative rounded-sm font-mono text-sm whitespace-nowrap text-muted hover:bg-hover hover:text-text"
    >
      {state === "idle" ? shortenId(id) : null}
      {state === "copied" ? "copied" : null}
      {state === "failed" ? "not copied" : null}
      <span className="sr-only"> copy the {label}</span>
    </button>
  );
}
