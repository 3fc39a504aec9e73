import Link from "next/link";
import { Card, CardHeader, Facts } from "#/components/ui/card.tsx";
import { ShortId } from "#/components/ui/short-id.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { AuditRow } from "#/lib/tenancy/list-audit.ts";
import { auditWords } from "./audit-words.ts";

type AuditEntryProps = { row: AuditRow; targetHref: string; closeHref: string };

/** One entry whole, with the way to everything that was done to the same thing. */
export function AuditEntry({ row, targetHref, closeHref }: AuditEntryProps) {
  return (
    <Card>
      <CardHeader
        title={auditWords(row.action)}
        actions={
          <Link href={closeHref as never} scroll={false} className="text-sm text-accent-text hover:underline">
            Close
          </Link>
        }
      />
      <Facts
        items={[
          { term: "Time", value: <RelativeTime at={row.at} /> },
          { term: "Who", value: row.who ? `${row.who.name} ${row.who.email}` : "the system" },
          { term: "Action", value: <span className="font-mono">{row.action}</span> },
          {
            term: "Target",
            value: (
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-mono break-all">{row.target}</span>
                <Link href={targetHref as never} className="text-accent-text hover:underline">
                  All about it
                </Link>
              </span>
            ),
          },
          ...Object.entries(row.detail).map(([term, value]) => ({
            term,
            value: <span className="break-words">{value}</span>,
          })),
          { term: "Entry", value: <ShortId id={row.id} label="Copy the entry's id" /> },
        ]}
      />
    </Card>
  );
}
