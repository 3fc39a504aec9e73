import { Card } from "#/components/ui/card.tsx";
import { EmptyState, ErrorState } from "#/components/ui/empty-state.tsx";
import { ShortId } from "#/components/ui/short-id.tsx";
import type { DocumentRow, PassageView } from "#/lib/knowledge/read-base.ts";

type PassageListProps = {
  state: DocumentRow["state"];
  cause: string | undefined;
  passages: readonly PassageView[];
};

/** A document as search sees it: its passages in their order, as they are cited. */
export function PassageList({ state, cause, passages }: PassageListProps) {
  return (
    <div className="flex max-w-3xl flex-col gap-3">
      {state === "failed" ? (
        <ErrorState title="This document could not be indexed">
          {cause ?? "The cause is not known."}
        </ErrorState>
      ) : null}
      {passages.length === 0 && state !== "failed" ? (
        <EmptyState title="Not indexed yet">
          Its passages appear here as soon as they can be found.
        </EmptyState>
      ) : null}
      {passages.map((passage) => (
        <Card key={passage.id}>
          <div className="mb-1.5 flex items-baseline justify-between gap-4 text-sm text-muted">
            <span>
              <span className="tabular-nums">{passage.ordinal + 1}</span>
              {passage.headingPath.length > 0 ? ` · ${passage.headingPath.join(" › ")}` : ""}
            </span>
            <ShortId id={passage.id} label="passage" />
          </div>
          <p className="whitespace-pre-line">{passage.text}</p>
        </Card>
      ))}
    </div>
  );
}
