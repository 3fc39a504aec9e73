"use client";

import { toast } from "sonner";
import { Badge, StateBadge } from "#/components/ui/badge.tsx";
import { LinkTabs } from "#/components/ui/link-tabs.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { DocumentPage } from "#/lib/knowledge/read-base.ts";
import { ActionButton } from "./action-button.tsx";
import { type DocumentChanges, DocumentDelete } from "./document-changes.tsx";
import { DOCUMENT_STATES, originWords, sizeWords, sourceWord } from "./document-state.ts";
import { useRefreshWhile } from "./use-refresh-while.ts";

type DocumentHeaderProps = {
  document: Omit<DocumentPage, "passages">;
  list: string;
  changes: DocumentChanges | undefined;
};

/** Title of a document, how it is and since when, what can be done with it, and its tabs. */
export function DocumentHeader({ document, list, changes }: DocumentHeaderProps) {
  const { state, word } = DOCUMENT_STATES[document.state];
  const base = `${list}/${document.base.id}`;
  const path = `${base}/documents/${document.id}`;
  useRefreshWhile(["queued", "reading", "embedding"].includes(document.state));
  const actions = changes ? (
    <>
      {document.state === "gone" ? null : (
        <ActionButton
          run={() => changes.retry({ documentIds: [document.id] })}
          onDone={() => toast.success("Queued. It is being indexed anew.")}
        >
          Re-index
        </ActionButton>
      )}
      <DocumentDelete document={document} remove={changes.remove} then={base} />
    </>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={document.title}
        badge={<Badge>{sourceWord(document)}</Badge>}
        hint={originWords(document)}
        trail={[
          { label: "Knowledge", href: list },
          { label: document.base.name, href: base },
        ]}
        actions={actions}
      />
      <p className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <StateBadge state={state}>{word}</StateBadge>
        <span>
          since <RelativeTime at={document.stateSince} />
        </span>
        <span>
          {document.chunkCount} {document.chunkCount === 1 ? "passage" : "passages"}
        </span>
        {document.pageCount === undefined ? null : <span>{document.pageCount} pages</span>}
        <span>{sizeWords(document.bytes)}</span>
        {document.attempts > 1 ? <span>attempt {document.attempts}</span> : null}
      </p>
      <LinkTabs
        label="Document"
        tabs={[
          { href: path, label: "Passages" },
          { href: `${path}/versions`, label: "Versions" },
        ]}
      />
    </>
  );
}
