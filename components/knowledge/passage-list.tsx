import { Card } from "#/components/ui/card.tsx";
import { EmptyState, ErrorState } from "#/components/ui/empty-state.tsx";
import { ShortId } from "#/components/ui/short-id.tsx";
import type { DocumentRow } from "#/lib/knowledge/list-documents.ts";
import type { PassageView } from "#/lib/knowledge/read-base.ts";

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
      {state === "gone" ? (
        <EmptyState title="Gone from its site">
          {cause ?? "The site has it no more."} Its former text is kept under Versions; if the page comes
          back, so does the document.
        </EmptyState>
      ) : null}
      {passages.length === 0 && state !== "failed" && state !== "gone" ? (
        <EmptyState title="Not indexed yet">
          Its passages appear here as soon as they can be found.
        </EmptyState>
      ) : null}
      {passages.map((passage) => (
        <PassageCard key={passage.id} passage={passage} />
      ))}
    </div>
  );
}

function PassageCard({ passage }: { passage: PassageView }) {
  const { ordinal, headingPath, page, words, cited } = passage;
  return (
    <Card>
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm text-muted">
        <span className="min-w-0 flex-1 basis-60">
          <span className="font-medium text-text tabular-nums">{ordinal + 1}</span>
          {headingPath.length > 0 ? ` · ${headingPath.join(" › ")}` : ""}
        </span>
        {page === undefined ? null : <span className="tabular-nums">page {page}</span>}
        <span className="tabular-nums">{words} words</span>
        <span className="tabular-nums" title="Cards of the last 90 days that cite this passage">
          {cited === 0 ? "never cited" : `cited ${cited} ${cited === 1 ? "time" : "times"}`}
        </span>
        <ShortId id={passage.id} label="passage" />
      </div>
      <p className="whitespace-pre-line">{passage.text}</p>
    </Card>
  );
}
