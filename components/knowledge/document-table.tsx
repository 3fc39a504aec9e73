"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { toast } from "sonner";
import { Badge, type State, StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { ConfirmDialog } from "#/components/ui/confirm-dialog.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { ListKeys } from "#/components/ui/list-keys.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { DocumentRow } from "#/lib/knowledge/read-base.ts";

type Outcome = { ok: true } | { ok: false; message: string };
type Changes = {
  retry: (input: { documentId: string }) => Promise<Outcome>;
  remove: (input: { documentId: string }) => Promise<Outcome>;
};

type DocumentTableProps = {
  documents: readonly DocumentRow[];
  /** Address of a document's page, before its id. */
  path: string;
  /** Undefined for readers who may not change anything. */
  changes: Changes | undefined;
};

const REFRESH_MS = 2_000;

const STATES: Record<DocumentRow["state"], { state: State; word: string }> = {
  queued: { state: "waiting", word: "queued" },
  reading: { state: "busy", word: "reading" },
  embedding: { state: "busy", word: "embedding" },
  ready: { state: "ok", word: "ready" },
  failed: { state: "error", word: "failed" },
};

const ORDER = ["failed", "embedding", "reading", "queued", "ready"];

/** Every document with how far it is; who failed stands first, with the cause and a retry. */
export function DocumentTable({ documents, path, changes }: DocumentTableProps) {
  const inWork = documents.filter(({ state }) => state !== "ready" && state !== "failed").length;
  useRefreshWhile(inWork > 0);
  if (documents.length === 0) {
    return (
      <EmptyState title="No document yet">
        Drop Markdown, text or HTML files above, or add a web page by its address.
      </EmptyState>
    );
  }
  const sorted = [...documents].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return (
    <>
      <p className="mb-2 text-sm text-muted tabular-nums" aria-live="polite">
        {documents.length} {documents.length === 1 ? "document" : "documents"}
        {inWork > 0 ? `, ${inWork} in work` : ""}
      </p>
      <ListKeys>
        <Table caption="Documents" maxHeight="70vh">
          <TableHead>
            <TableHeader>Document</TableHeader>
            <TableHeader width="min">State</TableHeader>
            <TableHeader align="right">Passages</TableHeader>
            <TableHeader align="right">Size</TableHeader>
            <TableHeader width="min">Changed</TableHeader>
            {changes ? (
              <TableHeader width="min">
                <span className="sr-only">Actions</span>
              </TableHeader>
            ) : null}
          </TableHead>
          <TableBody>
            {sorted.map((document) => (
              <DocumentLine key={document.id} document={document} path={path} changes={changes} />
            ))}
          </TableBody>
        </Table>
      </ListKeys>
    </>
  );
}

/** Reads the page anew now and then, as long as something is under way and the page is looked at. */
function useRefreshWhile(active: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [active, router]);
}

type LineProps = { document: DocumentRow; path: string; changes: Changes | undefined };

function DocumentLine({ document, path, changes }: LineProps) {
  const { state, word } = STATES[document.state];
  return (
    <TableRow opens>
      <TableCell>
        <Link href={`${path}/${document.id}`} className="font-medium hover:underline">
          {document.title}
        </Link>
        {document.title === document.origin ? null : (
          <span className="ml-2 text-sm break-all text-muted">{document.origin}</span>
        )}
        {document.source === "web" ? (
          <span className="ml-2">
            <Badge>web page</Badge>
          </span>
        ) : null}
        {document.cause ? (
          <p className={document.state === "failed" ? "text-sm text-error" : "text-sm text-muted"}>
            {document.cause}
          </p>
        ) : null}
      </TableCell>
      <TableCell wrap="never">
        <StateBadge state={state} look="plain">
          {word}
        </StateBadge>
      </TableCell>
      <TableCell align="right">{document.chunkCount || "–"}</TableCell>
      <TableCell align="right" wrap="never">
        {sizeOf(document.bytes)}
      </TableCell>
      <TableCell wrap="never" tone="muted">
        <RelativeTime at={document.updatedAt} />
      </TableCell>
      {changes ? (
        <TableCell wrap="never" align="right">
          <LineActions document={document} changes={changes} />
        </TableCell>
      ) : null}
    </TableRow>
  );
}

function LineActions({ document, changes }: { document: DocumentRow; changes: Changes }) {
  const [asking, setAsking] = useState(false);
  const [busy, startTransition] = useTransition();
  const run = (action: (input: { documentId: string }) => Promise<Outcome>, done: string) =>
    startTransition(async () => {
      const result = await action({ documentId: document.id });
      if (result.ok) toast.success(done);
      else toast.error(result.message);
      setAsking(false);
    });
  return (
    <span className="inline-flex items-center gap-1">
      {document.state === "failed" ? (
        <Button size="sm" busy={busy} onClick={() => run(changes.retry, "Queued again.")}>
          Retry
        </Button>
      ) : null}
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Delete ${document.title}`}
        onClick={() => setAsking(true)}
      >
        <Trash2 aria-hidden />
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${document.title}?`}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button variant="danger" busy={busy} onClick={() => run(changes.remove, "Deleted.")}>
              Delete
            </Button>
          </>
        }
      >
        Its {document.chunkCount} passages are no longer suggested. Cards that were shown keep their text.
      </ConfirmDialog>
    </span>
  );
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
