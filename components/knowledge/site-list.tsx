"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { ListKeys } from "#/components/ui/list-keys.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { SiteView } from "#/lib/knowledge/crawl/read-sites.ts";
import { isAtWork, SiteStateBadge } from "./site-state.tsx";
import { useRefreshWhile } from "./use-refresh-while.ts";

type SiteListProps = { sites: readonly SiteView[]; path: string; add: ReactNode };

/** The sites of a base: how each is, when it was read and when it will be again. */
export function SiteList({ sites, path, add }: SiteListProps) {
  useRefreshWhile(sites.some(isAtWork));
  if (sites.length === 0) {
    return (
      <EmptyState title="No site yet" action={add}>
        Give the address of a help centre: its pages become documents, and are read again on a schedule, so
        that what changes there changes here.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="mb-3 flex justify-end">{add}</div>
      <ListKeys>
        <Table caption="Sites">
          <TableHead>
            <TableHeader>Site</TableHeader>
            <TableHeader width="min">State</TableHeader>
            <TableHeader align="right">Documents</TableHeader>
            <TableHeader width="min">Last run</TableHeader>
            <TableHeader width="min">Next run</TableHeader>
          </TableHead>
          <TableBody>
            {sites.map((site) => (
              <TableRow key={site.id} opens>
                <TableCell>
                  <Link
                    href={`${path}/${site.id}` as never}
                    className="font-medium break-all hover:underline"
                  >
                    {site.startUrl}
                  </Link>
                  <RunLine site={site} />
                </TableCell>
                <TableCell wrap="never">
                  <SiteStateBadge site={site} />
                </TableCell>
                <TableCell align="right">{site.documents.toLocaleString("en")}</TableCell>
                <TableCell wrap="never" tone="muted">
                  {site.lastRun ? <RelativeTime at={site.lastRun.startedAt} /> : "never"}
                </TableCell>
                <TableCell wrap="never" tone="muted">
                  {site.nextRunAt ? <RelativeTime at={site.nextRunAt} /> : "when asked"}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ListKeys>
    </>
  );
}

function RunLine({ site: { lastRun, cause, state } }: { site: SiteView }) {
  const problem = state === "idle" ? lastRun?.cause : cause;
  if (problem) return <p className="text-sm text-error">{problem}</p>;
  if (!lastRun) return null;
  const { added, changed, gone, unchanged } = lastRun;
  return (
    <p className="text-sm text-muted tabular-nums">
      {added} added, {changed} changed, {gone} gone, {unchanged} unchanged
    </p>
  );
}
