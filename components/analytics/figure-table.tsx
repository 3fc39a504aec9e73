"use client";

import Link from "next/link";
import type { NamedFigures } from "#/lib/analytics/read-analytics.ts";
import { Badge } from "../ui/badge.tsx";
import { type DataColumn, DataTable } from "../ui/data-table.tsx";
import { Duration } from "../ui/time.tsx";
import { share } from "./figure-strip.tsx";

type Row = NamedFigures & { withWidget?: boolean };

type FigureTableProps = {
  of: "queue" | "agent";
  rows: readonly Row[];
  /** Address of the list of conversations, before the row's own filter; absent for who may not read it. */
  conversationsHref: string | undefined;
  exportHref: string;
};

/** The same figures for each queue or agent, in the reader's own order. */
export function FigureTable({ of, rows, conversationsHref, exportHref }: FigureTableProps) {
  const name = of === "queue" ? "Queue" : "Agent";
  const columns: DataColumn<Row>[] = [
    {
      id: "name",
      header: name,
      shown: "always",
      wrap: "never",
      sortBy: (row) => row.name.toLowerCase(),
      cell: (row) => <Name row={row} of={of} conversationsHref={conversationsHref} />,
    },
    ...NUMBERS,
  ];
  return (
    <DataTable
      caption={`By ${of}`}
      keep={`analytics-${of}`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowName={(row) => row.name}
      density="compact"
      maxHeight="26rem"
      toolbar={<h2 className="text-lg font-semibold">By {of}</h2>}
      actions={
        <a href={exportHref} className="text-sm text-accent-text hover:underline">
          Export CSV
        </a>
      }
      empty={
        <p className="rounded-md border border-dashed px-4 py-6 text-center text-sm text-muted">
          No conversation of this time names {of === "queue" ? "a queue" : "an agent"}.
        </p>
      }
    />
  );
}

function Name({
  row,
  of,
  conversationsHref,
}: { row: Row } & Pick<FigureTableProps, "of" | "conversationsHref">) {
  return (
    <span className="flex items-center gap-2">
      {conversationsHref ? (
        <Link
          href={`${conversationsHref}&${of}=${encodeURIComponent(row.id)}` as never}
          prefetch={false}
          className="hover:underline"
        >
          {row.name}
        </Link>
      ) : (
        row.name
      )}
      {row.withWidget === false ? <Badge>No widget</Badge> : null}
    </span>
  );
}

const number = (id: keyof NamedFigures & string, header: string): DataColumn<Row> => ({
  id,
  header,
  align: "right",
  sortBy: (row) => Number(row[id] ?? 0),
  cell: (row) => Number(row[id] ?? 0).toLocaleString("en"),
});

const part = (
  id: "used" | "rejected" | "unanswered",
  header: string,
  whole: "shown" | "questions",
): DataColumn<Row> => ({
  id,
  header,
  align: "right",
  sortBy: (row) => (row[whole] === 0 ? undefined : row[id] / row[whole]),
  cell: (row) => share(row[id], row[whole]),
  title: (row) => row[id].toLocaleString("en"),
});

const time = (id: "p50" | "p95", header: string): DataColumn<Row> => ({
  id,
  header,
  align: "right",
  sortBy: (row) => row[id],
  cell: (row) => <Duration ms={row[id]} />,
});

const NUMBERS: readonly DataColumn<Row>[] = [
  number("conversations", "Conversations"),
  number("questions", "Questions"),
  number("shown", "Shown"),
  part("used", "Used", "shown"),
  part("rejected", "Rejected", "shown"),
  part("unanswered", "Unanswered", "questions"),
  time("p50", "p50"),
  time("p95", "p95"),
  { ...number("copied", "Copied"), shown: "later" },
  { ...number("inserted", "Inserted"), shown: "later" },
  { ...number("sent", "Sent"), shown: "later" },
  { ...number("helpful", "Helpful"), shown: "later" },
];
