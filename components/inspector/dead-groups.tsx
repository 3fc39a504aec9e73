import Link from "next/link";
import type { ReactNode } from "react";
import type { DeadGroup } from "#/lib/inspector/read-dead-groups.ts";
import { Badge } from "../ui/badge.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";

const KINDS: Record<DeadGroup["kind"], string> = {
  event: "Event",
  delivery: "Unread delivery",
  parked: "Parked delivery",
};

type DeadGroupsProps = {
  groups: readonly DeadGroup[];
  slug: string;
  /** The button that has a group replayed; undefined for who may not. */
  replay: ((group: DeadGroup) => ReactNode) | undefined;
};

/** What failed for good, by cause: how often, since when and where from. */
export function DeadGroups({ groups, slug, replay }: DeadGroupsProps) {
  return (
    <Table caption="What failed for good, by cause">
      <TableHead>
        <TableHeader width="wide">Cause</TableHeader>
        <TableHeader align="right">Count</TableHeader>
        <TableHeader>First seen</TableHeader>
        <TableHeader>Last seen</TableHeader>
        <TableHeader>Connections</TableHeader>
        {replay ? (
          <TableHeader>
            <span className="sr-only">Replay</span>
          </TableHeader>
        ) : null}
      </TableHead>
      <TableBody>
        {groups.map((group) => (
          <TableRow key={`${group.kind}${group.key}`}>
            <TableCell>
              <span className="flex min-w-64 flex-wrap items-center gap-2 py-1">
                <Badge tone={group.kind === "parked" ? "info" : "error"}>{KINDS[group.kind]}</Badge>
                <Link
                  href={`/${slug}/events${groupQuery(group)}` as never}
                  className="min-w-0 break-words text-accent-text hover:underline"
                >
                  {group.cause}
                </Link>
              </span>
            </TableCell>
            <TableCell align="right">{group.count.toLocaleString("en")}</TableCell>
            <TableCell wrap="never">
              <RelativeTime at={group.firstAt} />
            </TableCell>
            <TableCell wrap="never">
              <RelativeTime at={group.lastAt} />
            </TableCell>
            <TableCell>
              <Connections connections={group.connections} />
            </TableCell>
            {replay ? (
              <TableCell align="right" wrap="never">
                {replay(group)}
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Connections({ connections }: Pick<DeadGroup, "connections">) {
  const [first, ...others] = connections;
  if (!first) return <span className="text-muted">–</span>;
  return (
    <span
      className="flex min-w-36 items-center gap-1.5"
      title={connections.map(({ name }) => name).join(", ")}
    >
      <PlatformMark platform={first.platform} size={16} />
      <span className="truncate">{first.name}</span>
      {others.length > 0 ? (
        <span className="whitespace-nowrap text-muted">and {others.length} more</span>
      ) : null}
    </span>
  );
}

/** A group as the list's filter. */
export function groupFilter({ kind, key }: DeadGroup): Record<string, string> {
  if (kind === "event") return { state: "dead", cause: key };
  return { type: "delivery", state: kind === "parked" ? "parked" : "dead", cause: key };
}

function groupQuery(group: DeadGroup): string {
  return `?${new URLSearchParams(groupFilter(group))}`;
}
