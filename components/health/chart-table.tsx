import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { RateBucket } from "#/lib/health/read-rates.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { ClockTime, Duration } from "../ui/time.tsx";

type ChartTableProps = { buckets: readonly RateBucket[]; eventsHref: string | undefined };

/** What the charts draw, as numbers: for who cannot see them, and for who wants the exact ones. */
export function ChartTable({ buckets, eventsHref }: ChartTableProps) {
  return (
    <details className="group">
      <summary className="flex w-fit items-center gap-1 text-sm text-muted hover:text-text">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
        Both charts as a table
      </summary>
      <div className="mt-2">
        <Table caption="Events and latency over time" density="compact" maxHeight="20rem">
          <TableHead>
            <TableHeader>From</TableHeader>
            <TableHeader align="right">Events</TableHeader>
            <TableHeader align="right">Failed</TableHeader>
            <TableHeader align="right">p50</TableHeader>
            <TableHeader align="right">p95</TableHeader>
          </TableHead>
          <TableBody>
            {[...buckets].reverse().map((bucket) => (
              <TableRow key={bucket.from}>
                <TableCell>
                  <ClockTime at={bucket.from} />
                </TableCell>
                <TableCell align="right">
                  {eventsHref && bucket.events > 0 ? (
                    <Link
                      href={`${eventsHref}?from=${bucket.from}&to=${bucket.to}` as never}
                      prefetch={false}
                      className="text-accent-text hover:underline"
                    >
                      {bucket.events}
                    </Link>
                  ) : (
                    bucket.events
                  )}
                </TableCell>
                <TableCell align="right">{bucket.dead}</TableCell>
                <TableCell align="right">
                  <Duration ms={bucket.p50} />
                </TableCell>
                <TableCell align="right">
                  <Duration ms={bucket.p95} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </details>
  );
}
