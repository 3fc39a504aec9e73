"use client";

import Link from "next/link";
import { type State, StateBadge } from "#/components/ui/badge.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { FilterChips } from "#/components/ui/filter-chips.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { SitePageView, SiteRun } from "#/lib/knowledge/crawl/read-sites.ts";

type Outcome = NonNullable<SitePageView["outcome"]> | "waiting";

const OUTCOMES: Record<Outcome, { state: State; word: string }> = {
  waiting: { state: "waiting", word: "waiting" },
  added: { state: "ok", word: "added" },
  changed: { state: "info", word: "changed" },
  unchanged: { state: "off", word: "unchanged" },
  gone: { state: "warn", word: "gone" },
  skipped: { state: "off", word: "left out" },
  failed: { state: "error", word: "failed" },
};
const LISTED = Object.keys(OUTCOMES) as Outcome[];

export function SitePageFilters({ run }: { run: SiteRun | undefined }) {
  const filters = [
    {
      key: "outcome",
      label: "Outcome",
      options: LISTED.map((value) => ({ value, label: OUTCOMES[value].word })),
    },
  ];
  return <FilterChips filters={filters} count={`${run?.pages ?? 0} pages read in the latest run`} />;
}

type SitePagesProps = {
  pages: readonly SitePageView[];
  /** Address of a document's page, before its id. */
  documentPath: string;
};

/** Every address of the latest run: what became of it, and why. */
export function SitePages({ pages, documentPath }: SitePagesProps) {
  if (pages.length === 0)
    return (
      <EmptyState title="No page">Pages appear here as the site is read; a filter may hide them.</EmptyState>
    );
  return (
    <Table caption="Pages of the latest run" maxHeight="70vh">
      <TableHead>
        <TableHeader>Address</TableHeader>
        <TableHeader width="min">Outcome</TableHeader>
        <TableHeader align="right">Depth</TableHeader>
        <TableHeader align="right">Answer</TableHeader>
        <TableHeader width="min">Read</TableHeader>
      </TableHead>
      <TableBody>
        {pages.map((page) => (
          <PageLine key={page.id} page={page} documentPath={documentPath} />
        ))}
      </TableBody>
    </Table>
  );
}

function PageLine({ page, documentPath }: { page: SitePageView; documentPath: string }) {
  const { state, word } = OUTCOMES[page.outcome ?? "waiting"];
  return (
    <TableRow>
      <TableCell>
        {page.documentId ? (
          <Link href={`${documentPath}/${page.documentId}` as never} className="break-all hover:underline">
            {page.url}
          </Link>
        ) : (
          <span className="break-all">{page.url}</span>
        )}
        {page.cause ? (
          <p className={page.outcome === "failed" ? "text-sm text-error" : "text-sm text-muted"}>
            {page.cause}
          </p>
        ) : null}
      </TableCell>
      <TableCell wrap="never">
        <StateBadge state={state} look="plain">
          {word}
        </StateBadge>
      </TableCell>
      <TableCell align="right">{page.depth}</TableCell>
      <TableCell align="right">{page.status ?? "–"}</TableCell>
      <TableCell wrap="never" tone="muted">
        {page.fetchedAt && page.outcome ? <RelativeTime at={page.fetchedAt} /> : "–"}
      </TableCell>
    </TableRow>
  );
}
