"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { ClockTime } from "../ui/time.tsx";
import { type ChartPoint, type ChartSeries, type ChartUnit, figureWords } from "./chart-data.ts";

type ChartTableProps = {
  label: string;
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  unit: ChartUnit;
};

const DAY_MS = 86_400_000;

/** What a chart draws, as numbers, the newest first: for who cannot see it, and for who wants the exact ones. */
export function ChartTable(props: ChartTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="group mt-1" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex w-fit items-center gap-1 text-xs text-muted hover:text-text">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
        <span>
          As a table<span className="sr-only">: {props.label}</span>
        </span>
      </summary>
      {open ? <Figures {...props} /> : null}
    </details>
  );
}

function Figures({ label, series, points, unit }: ChartTableProps) {
  const first = Date.parse(points[0]?.at ?? "");
  const last = Date.parse(points.at(-1)?.at ?? "");
  const long = last - first > DAY_MS;
  return (
    <div className="mt-2">
      <Table caption={label} density="compact" maxHeight="16rem">
        <TableHead>
          <TableHeader>From</TableHeader>
          {series.map(({ key, label: name }) => (
            <TableHeader key={key} align="right">
              {name}
            </TableHeader>
          ))}
        </TableHead>
        <TableBody>
          {[...points].reverse().map((point) => (
            <TableRow key={point.at}>
              <TableCell wrap="never">
                <Moment point={point} long={long} />
              </TableCell>
              {series.map(({ key }) => (
                <TableCell key={key} align="right" wrap="never">
                  {figureWords(point.values[key], unit)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Moment({ point, long }: { point: ChartPoint; long: boolean }) {
  const words = long ? (
    new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    }).format(new Date(point.at))
  ) : (
    <ClockTime at={point.at} />
  );
  if (!point.href) return words;
  return (
    <Link href={point.href as never} prefetch={false} className="text-accent-text hover:underline">
      {words}
    </Link>
  );
}
