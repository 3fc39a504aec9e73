"use client";

import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { Badge, StateBadge } from "#/components/ui/badge.tsx";
import { Checkbox } from "#/components/ui/checkbox.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { ListKeys } from "#/components/ui/list-keys.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { DocumentRow } from "#/lib/knowledge/list-documents.ts";
import type { BasePage } from "#/lib/knowledge/read-base.ts";
import { ActionButton } from "./action-button.tsx";
import { type DocumentChanges, DocumentDelete, SelectionBar } from "./document-changes.tsx";
import { DOCUMENT_STATES, originWords, sizeWords, sourceWord } from "./document-state.ts";
import { useRefreshWhile } from "./use-refresh-while.ts";

type DocumentTableProps = {
  base: BasePage;
  documents: readonly DocumentRow[];
  /** Address of a document's page, before its id. */
  path: string;
  /** Undefined for readers who may not change anything. */
  changes: DocumentChanges | undefined;
};

/** A page of documents with how far each is and why it is no further; several can be chosen. */
export function DocumentTable({ base, documents, path, changes }: DocumentTableProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useRefreshWhile(base.inWork > 0 && !base.reindex);
  if (base.documents === 0) {
    return (
      <EmptyState title="No document yet">
        Drop files above, add a web page by its address, or let a whole site be read under Sites. Suggestions
        are taken from these and from nothing else.
      </EmptyState>
    );
  }
  if (documents.length === 0) {
    return <EmptyState title="No document matches">Take a filter away, or look for another word.</EmptyState>;
  }
  const ids = documents.map(({ id }) => id);
  const selected = ids.filter((id) => chosen.has(id));
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <>
      {changes && selected.length > 0 ? (
        <SelectionBar ids={selected} changes={changes} onDone={() => setChosen(new Set())} />
      ) : null}
      <ListKeys onEscape={() => setChosen(new Set())}>
        <Table caption="Documents" maxHeight="70vh">
          <TableHead>
            {changes ? (
              <TableHeader width="min">
                <Checkbox
                  aria-label="Select all documents of this page"
                  checked={selected.length === 0 ? false : selected.length === ids.length || "indeterminate"}
                  onCheckedChange={(on) => setChosen(new Set(on ? ids : []))}
                />
              </TableHeader>
            ) : null}
            <TableHeader>Document</TableHeader>
            <TableHeader width="min">State</TableHeader>
            <TableHeader align="right">Passages</TableHeader>
            <TableHeader align="right">Size</TableHeader>
            <TableHeader width="min">Since</TableHeader>
            {changes ? (
              <TableHeader width="min">
                <span className="sr-only">Actions</span>
              </TableHeader>
            ) : null}
          </TableHead>
          <TableBody>
            {documents.map((document) => (
              <DocumentLine
                key={document.id}
                document={document}
                path={path}
                changes={changes}
                chosen={chosen.has(document.id)}
                choose={(on) => choose(document.id, on)}
              />
            ))}
          </TableBody>
        </Table>
      </ListKeys>
    </>
  );
}

type LineProps = {
  document: DocumentRow;
  path: string;
  changes: DocumentChanges | undefined;
  chosen: boolean;
  choose: (on: boolean) => void;
};

function DocumentLine({ document, path, changes, chosen, choose }: LineProps) {
  const { state, word } = DOCUMENT_STATES[document.state];
  return (
    <TableRow opens selected={chosen}>
      {changes ? (
        <TableCell width="min">
          <Checkbox aria-label={`Select ${document.title}`} checked={chosen} onCheckedChange={choose} />
        </TableCell>
      ) : null}
      <TableCell>
        <DocumentName document={document} path={path} />
      </TableCell>
      <TableCell wrap="never">
        <StateBadge state={state} look="plain">
          {word}
        </StateBadge>
      </TableCell>
      <TableCell align="right">{document.chunkCount || "–"}</TableCell>
      <TableCell align="right" wrap="never">
        {sizeWords(document.bytes)}
      </TableCell>
      <TableCell wrap="never" tone="muted">
        <RelativeTime at={document.stateSince} />
      </TableCell>
      {changes ? (
        <TableCell wrap="never" align="right">
          <span className="inline-flex items-center gap-1">
            {document.state === "failed" ? (
              <ActionButton
                run={() => changes.retry({ documentIds: [document.id] })}
                onDone={() => toast.success("Queued again.")}
                look={{ size: "sm" }}
              >
                Retry
              </ActionButton>
            ) : null}
            <DocumentDelete document={document} remove={changes.remove} />
          </span>
        </TableCell>
      ) : null}
    </TableRow>
  );
}

function DocumentName({ document, path }: { document: DocumentRow; path: string }) {
  const { title, origin, pageCount, cause, state } = document;
  return (
    <>
      <Link href={`${path}/${document.id}`} className="font-medium hover:underline">
        {title}
      </Link>
      <span className="mx-2">
        <Badge>{sourceWord(document)}</Badge>
      </span>
      <span className="text-sm break-all text-muted">
        {title === origin ? "" : originWords(document)}
        {pageCount === undefined ? "" : ` · ${pageCount} ${pageCount === 1 ? "page" : "pages"}`}
      </span>
      {cause ? (
        <p className={state === "failed" ? "text-sm text-error" : "text-sm text-muted"}>{cause}</p>
      ) : null}
    </>
  );
}
