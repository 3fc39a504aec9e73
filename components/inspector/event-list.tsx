"use client";

import { ArrowUp } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useRef, useState } from "react";
import type { InspectorRow } from "#/lib/inspector/list-events.ts";
import { StateBadge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { ColumnChoice } from "../ui/column-choice.tsx";
import { useKeptView } from "../ui/kept-view.ts";
import { ListKeys } from "../ui/list-keys.tsx";
import { ClockTime, Duration } from "../ui/time.tsx";
import { COLUMNS, type ColumnId, shownColumns } from "./event-columns.tsx";
import { stateOf, typeWord } from "./event-words.ts";
import { holdBack } from "./hold-back.ts";

type EventListProps = {
  rows: readonly InspectorRow[];
  selected: string | undefined;
  /** Above the list, left of the column choice. */
  actions: ReactNode;
};

/** Rows that come while the reader has scrolled wait behind a button: nothing moves under the eyes. */
export function EventList({ rows, selected, actions }: EventListProps) {
  const [view, keepView] = useKeptView("events");
  const columns = shownColumns(view, selected !== undefined);
  const box = useRef<HTMLElement>(null);
  const [standing, setStanding] = useState<readonly string[]>([]);
  const address = useAddress();
  const router = useRouter();
  const { shown, waiting } = holdBack(rows, standing);
  const onScroll = () => {
    const scrolled = (box.current?.scrollTop ?? 0) > 0;
    if (!scrolled && standing.length > 0) setStanding([]);
    if (scrolled && standing.length === 0) setStanding(rows.map(({ id }) => id));
  };
  const showNew = () => {
    setStanding([]);
    box.current?.scrollTo({ top: 0 });
  };
  return (
    <ListKeys onEscape={() => selected && router.replace(address() as never, { scroll: false })}>
      <div className="mb-2 flex flex-wrap items-center justify-end gap-1">
        {actions}
        {selected ? null : (
          <ColumnChoice
            columns={COLUMNS}
            shown={[...columns]}
            onChange={(id, visible) => keepView({ ...view, shown: { ...view.shown, [id]: visible } })}
          />
        )}
      </div>
      <div className="relative">
        {waiting > 0 ? (
          <div className="absolute inset-x-0 top-9 z-20 flex justify-center">
            <Button variant="primary" size="sm" onClick={showNew}>
              <ArrowUp aria-hidden />
              {waiting === 1 ? "1 new event" : `${waiting} new events`}
            </Button>
          </div>
        ) : null}
        <section
          ref={box}
          onScroll={onScroll}
          aria-label="Events"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className="max-h-[calc(100dvh-20.5rem)] min-h-40 overflow-auto rounded-md border bg-surface"
        >
          <table className="w-full table-fixed border-separate border-spacing-0 text-sm">
            <caption className="sr-only">Events, the newest first</caption>
            <ListHead columns={columns} />
            <tbody className="[&>tr:last-child>*]:border-b-0">
              {shown.map((row) => (
                <ListRow
                  key={row.id}
                  row={row}
                  columns={columns}
                  selected={row.id === selected}
                  href={address(row)}
                />
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </ListKeys>
  );
}

/** The list's own address, with a row open or with none. */
function useAddress(): (row?: InspectorRow) => string {
  const path = usePathname();
  const params = useSearchParams();
  return (row) => {
    const next = new URLSearchParams(params);
    next.delete("event");
    next.delete("delivery");
    if (row) next.set(row.kind, row.id);
    const query = next.toString();
    return query ? `${path}?${query}` : path;
  };
}

const HEAD = "sticky top-0 z-10 h-7 border-b bg-surface px-2 text-left text-xs font-medium text-muted";
const CELL = "h-8 border-b px-2 align-middle";

function ListHead({ columns }: { columns: ReadonlySet<ColumnId> }) {
  return (
    <thead>
      <tr>
        <th scope="col" className={cn(HEAD, "w-21 pl-3")}>
          Time
        </th>
        <th scope="col" className={cn(HEAD, "w-27 md:w-32")}>
          State
        </th>
        {COLUMNS.filter(({ id }) => columns.has(id) && id !== "total").map(({ id, header, look, width }) => (
          <th key={id} scope="col" className={cn(HEAD, look, width)}>
            {header}
          </th>
        ))}
        <th scope="col" className={HEAD}>
          Content
        </th>
        {columns.has("total") ? (
          <th scope="col" className={cn(HEAD, "hidden w-20 pr-3 text-right sm:table-cell")}>
            Total
          </th>
        ) : null}
      </tr>
    </thead>
  );
}

type ListRowProps = {
  row: InspectorRow;
  columns: ReadonlySet<ColumnId>;
  selected: boolean;
  href: string;
};

function ListRow({ row, columns, selected, href }: ListRowProps) {
  const { state, word } = stateOf(row);
  return (
    <tr
      data-list-row=""
      tabIndex={-1}
      className={cn(
        "relative cursor-pointer hover:bg-hover focus-visible:-outline-offset-2",
        selected && "bg-selected hover:bg-selected",
      )}
    >
      <td className={cn(CELL, "pl-3 text-muted", selected && "shadow-[inset_2px_0_0_var(--accent-line)]")}>
        <ClockTime at={row.at} />
      </td>
      <td className={CELL}>
        <StateBadge state={state} look="plain" title={row.outcome || undefined}>
          {word}
        </StateBadge>
      </td>
      {COLUMNS.filter(({ id }) => columns.has(id) && id !== "total").map(({ id, look, cell }) => (
        <td key={id} className={cn(CELL, "truncate text-muted", look)}>
          {cell(row)}
        </td>
      ))}
      <td className={cn(CELL, "truncate")}>
        <Link
          href={href as never}
          replace
          scroll={false}
          prefetch={false}
          aria-current={selected || undefined}
          title={row.summary}
          className="outline-offset-[-2px] after:absolute after:inset-0"
        >
          {row.type === "utterance" ? null : (
            <span className={cn("text-muted", columns.has("type") && "md:hidden")}>
              {typeWord(row.type)} ·{" "}
            </span>
          )}
          {row.summary}
        </Link>
      </td>
      {columns.has("total") ? (
        <td className={cn(CELL, "hidden pr-3 text-right sm:table-cell")}>
          <Duration ms={row.totalMs} />
        </td>
      ) : null}
    </tr>
  );
}
