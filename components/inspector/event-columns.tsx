import type { ReactNode } from "react";
import type { InspectorRow } from "#/lib/inspector/list-events.ts";
import type { KeptView } from "../ui/kept-view.ts";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { shortenId } from "../ui/shorten.ts";
import { typeWord } from "./event-words.ts";

export type ColumnId = "type" | "conversation" | "connection" | "queue" | "agent" | "attempts" | "total";

type Column = {
  id: ColumnId;
  header: string;
  shown?: "later";
  width: string;
  /** From which width of the page on there is room for it. */
  look: string;
  cell: (row: InspectorRow) => ReactNode;
};

/** What a reader may bring in or put away; time, state and content always stand. */
export const COLUMNS: readonly Column[] = [
  {
    id: "type",
    header: "Type",
    width: "w-32",
    look: "hidden md:table-cell",
    cell: ({ type }) => typeWord(type),
  },
  {
    id: "conversation",
    header: "Conversation",
    width: "w-36",
    look: "hidden lg:table-cell",
    cell: (row) => (
      <span className="flex items-center gap-2" title={row.connectionName}>
        <PlatformMark platform={row.platform} size={16} />
        <span className="truncate font-mono">
          {row.conversationId ? shortenId(row.conversationId) : row.connectionName}
        </span>
      </span>
    ),
  },
  {
    id: "connection",
    header: "Connection",
    shown: "later",
    width: "w-36",
    look: "hidden lg:table-cell",
    cell: ({ connectionName }) => connectionName,
  },
  {
    id: "queue",
    header: "Queue",
    shown: "later",
    width: "w-32",
    look: "hidden lg:table-cell",
    cell: ({ queue }) => queue ?? "–",
  },
  {
    id: "agent",
    header: "Agent",
    shown: "later",
    width: "w-32",
    look: "hidden lg:table-cell",
    cell: ({ agent }) => agent ?? "–",
  },
  {
    id: "attempts",
    header: "Failed attempts",
    shown: "later",
    width: "w-28 text-right",
    look: "hidden text-right lg:table-cell",
    cell: ({ attempts }) => attempts,
  },
  { id: "total", header: "Total", width: "", look: "", cell: () => null },
];

const NONE: ReadonlySet<ColumnId> = new Set();

/** Beside an open event the list keeps only what tells rows apart. */
export function shownColumns({ shown }: KeptView, slim: boolean): ReadonlySet<ColumnId> {
  if (slim) return NONE;
  return new Set(
    COLUMNS.filter((column) => shown[column.id] ?? column.shown !== "later").map(({ id }) => id),
  );
}
