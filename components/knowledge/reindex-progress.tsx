"use client";

import { toast } from "sonner";
import type { BasePage } from "#/lib/knowledge/read-base.ts";
import { ActionButton, type Counted } from "./action-button.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { useRefreshWhile } from "./use-refresh-while.ts";

type ReindexProgressProps = {
  round: NonNullable<BasePage["reindex"]>;
  cancel: (() => Promise<Counted>) | undefined;
};

/** How far the round is in which all documents are indexed anew. */
export function ReindexProgress({ round: { total, left }, cancel }: ReindexProgressProps) {
  useRefreshWhile(true);
  const done = total - left;
  return (
    <section aria-label="Re-indexing" className="mb-4 rounded-md border border-line bg-surface p-3">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <p aria-live="polite">
          Indexing every document anew:{" "}
          <span className="tabular-nums">
            {done.toLocaleString("en")} of {total.toLocaleString("en")}
          </span>
          <span className="block text-sm text-muted">
            What was indexed before stays in use until a document's turn comes.
          </span>
        </p>
        {cancel ? (
          <ActionButton
            run={cancel}
            onDone={(count) => toast.success(`Stopped; ${count} were left as they were.`)}
            look={{ size: "sm" }}
          >
            Stop
          </ActionButton>
        ) : null}
      </div>
      <ProgressBar done={done} total={total} label="Documents indexed anew" />
    </section>
  );
}
