import Link from "next/link";
import { ListKeys } from "#/components/ui/list-keys.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { AuditRow } from "#/lib/tenancy/list-audit.ts";
import { auditWords, detailLine } from "./audit-words.ts";

type AuditTableProps = {
  rows: readonly AuditRow[];
  selected: string | undefined;
  hrefs: Readonly<Record<string, string>>;
};

export function AuditTable({ rows, selected, hrefs }: AuditTableProps) {
  return (
    <ListKeys>
      <Table caption="Audit log">
        <TableHead>
          <TableHeader width="min">Time</TableHeader>
          <TableHeader width="min">Who</TableHeader>
          <TableHeader width="min">What</TableHeader>
          <TableHeader>Detail</TableHeader>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id} opens selected={row.id === selected}>
              <TableCell width="min" tone="muted" wrap="never">
                <RelativeTime at={row.at} />
              </TableCell>
              <TableCell width="min" wrap="never">
                {row.who?.name ?? "the system"}
              </TableCell>
              <TableCell width="min" wrap="never">
                <Link href={hrefs[row.id] as never} scroll={false} className="hover:underline">
                  {auditWords(row.action)}
                </Link>
              </TableCell>
              <TableCell wrap="truncate" tone="muted">
                {detailLine(row.detail) || row.target}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ListKeys>
  );
}
