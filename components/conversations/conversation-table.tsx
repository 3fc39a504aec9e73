"use client";

import { MessageSquare, Phone } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import type { ConversationRow } from "#/lib/conversations/list-conversations.ts";
import { Badge, StateBadge } from "../ui/badge.tsx";
import { ListKeys } from "../ui/list-keys.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { Duration, RelativeTime } from "../ui/time.tsx";

type ConversationTableProps = { rows: readonly ConversationRow[]; slug: string };

/** The list; j and k move, Enter opens, / searches, Esc takes the filters away. */
export function ConversationTable({ rows, slug }: ConversationTableProps) {
  const path = usePathname();
  const router = useRouter();
  return (
    <ListKeys onEscape={() => router.replace(path as never, { scroll: false })}>
      <Table caption="Conversations, the newest first" maxHeight="calc(100dvh - 15.5rem)">
        <TableHead>
          <TableHeader>Started</TableHeader>
          <TableHeader>Queue</TableHeader>
          <TableHeader>Agent</TableHeader>
          <TableHeader>Platform</TableHeader>
          <TableHeader align="right">Lasted</TableHeader>
          <TableHeader align="right">Suggestions</TableHeader>
          <TableHeader align="right">Used</TableHeader>
          <TableHeader align="right">Unanswered</TableHeader>
          <TableHeader>Notes</TableHeader>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              href={`/${slug}/conversations/${row.id}`}
              open={(href) => router.push(href as never)}
            />
          ))}
        </TableBody>
      </Table>
    </ListKeys>
  );
}

type RowProps = { row: ConversationRow; href: string; open(href: string): void };

function Row({ row, href, open }: RowProps) {
  const Channel = row.channel === "voice" ? Phone : MessageSquare;
  const queue = row.queue ?? "No queue";
  return (
    <TableRow
      opens
      onClick={(event) => {
        // A click on the link itself may mean a new tab.
        if (!(event.target instanceof Element) || !event.target.closest("a")) open(href);
      }}
    >
      <TableCell wrap="never">
        <Link href={href as never} prefetch={false} className="font-medium hover:underline">
          <RelativeTime at={row.startedAt} />
          <span className="sr-only">{` in ${queue}, ${row.agent ?? "no agent"}`}</span>
        </Link>
      </TableCell>
      <TableCell wrap="never" tone={row.queue ? undefined : "muted"}>
        <span className="flex items-center gap-2">
          <Channel
            className="size-3.5 shrink-0 text-muted"
            aria-label={row.channel === "voice" ? "Call" : "Chat"}
          />
          {queue}
        </span>
      </TableCell>
      <TableCell wrap="never" tone={row.agent ? undefined : "muted"}>
        {row.agent ?? "No agent"}
      </TableCell>
      <TableCell wrap="never">
        <span className="flex items-center gap-2">
          <PlatformMark platform={row.platform} size={16} />
          <span className="text-muted">{row.connectionName}</span>
        </span>
      </TableCell>
      <TableCell align="right" wrap="never">
        {row.endedAt ? (
          <Duration ms={Date.parse(row.endedAt) - Date.parse(row.startedAt)} />
        ) : (
          <StateBadge state="ok" look="plain">
            Live
          </StateBadge>
        )}
      </TableCell>
      <Count n={row.shown} />
      <Count n={row.used} />
      <Count n={row.unanswered} />
      <TableCell wrap="never">
        <span className="flex gap-1.5">
          {row.deadEvents > 0 ? (
            <Badge tone="error">
              {row.deadEvents} dead {row.deadEvents === 1 ? "event" : "events"}
            </Badge>
          ) : null}
          {row.rejected > 0 ? <Badge tone="warn">{row.rejected} rejected</Badge> : null}
        </span>
      </TableCell>
    </TableRow>
  );
}

/** A zero says nothing and steps back. */
function Count({ n }: { n: number }) {
  return (
    <TableCell align="right">
      <span className={n === 0 ? "text-muted" : undefined}>{n}</span>
    </TableCell>
  );
}
