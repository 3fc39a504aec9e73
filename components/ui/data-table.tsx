"use client";

import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type KeyboardEvent, type ReactNode, useMemo } from "react";
import { Checkbox } from "./checkbox.tsx";
import { ColumnChoice } from "./column-choice.tsx";
import { compareCells, SortButton } from "./data-table-sorting.tsx";
import { useKeptView } from "./kept-view.ts";
import { ListKeys } from "./list-keys.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "./table.tsx";

export type DataColumn<T> = {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** What the column is sorted by, undefined last; a column without it cannot be sorted. */
  sortBy?: (row: T) => string | number | undefined;
  align?: "left" | "right" | "center";
  width?: "auto" | "min" | "wide";
  tone?: "plain" | "muted" | "mono";
  wrap?: "normal" | "never" | "truncate";
  /** Said on hover of a cell that may be cut. */
  title?: (row: T) => string | undefined;
  /** `always` cannot be put away; `later` is there for who asks for it. */
  shown?: "always" | "later";
};

export type DataTableProps<T extends RowData> = {
  /** Says what the rows are, for screen readers. */
  caption: string;
  /** Under this name the reader's columns and order are kept in their browser. */
  keep: string;
  columns: readonly DataColumn<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** What a row is called where its box is read out; its key without it. */
  rowName?: (row: T) => string;
  /** Stays first, whatever the order, and cannot be selected. */
  pinned?: T | undefined;
  /** A click or Enter; the cell's own link or button with `data-row-action` is clicked where there is one. */
  onOpen?: (row: T) => void;
  openedKey?: string | undefined;
  /** Makes rows selectable: boxes, `x` on the row with the focus, Esc for none. */
  selection?: { keys: ReadonlySet<string>; onChange: (keys: ReadonlySet<string>) => void; of: string };
  /** Left of the column choice: the count, chips. */
  toolbar?: ReactNode;
  actions?: ReactNode;
  /** Instead of the table where there is no row. */
  empty?: ReactNode;
  density?: "normal" | "compact";
  maxHeight?: string;
};

const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

/**
 * A list in rows that its reader arranges: sorted by a click on a header, with the columns they choose. For lists that
 * are whole on the page; one that pages by keyset sorts nothing and uses `Table`.
 */
export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { caption, columns, rowKey, pinned, selection, empty, toolbar, actions } = props;
  const { table, shown, choose } = useArranged(props);
  const ordered = table.getRowModel().rows.map(({ original }) => original);
  const nothing = ordered.length === 0 && pinned === undefined;

  return (
    <ListKeys onEscape={() => selection?.onChange(new Set())}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{toolbar}</div>
        <ColumnChoice columns={columns} shown={shown.map(({ id }) => id)} onChange={choose} />
        {actions}
      </div>
      {nothing && empty ? (
        empty
      ) : (
        <Table caption={caption} density={props.density ?? "normal"} maxHeight={props.maxHeight ?? TALL}>
          <TableHead>
            {selection ? <SelectAll selection={selection} keys={ordered.map(rowKey)} /> : null}
            {shown.map(({ id, header, align, width, sortBy }) => {
              const sorted = table.getColumn(id)?.getIsSorted() ?? false;
              const sort = () => table.getColumn(id)?.toggleSorting();
              return (
                <TableHeader
                  key={id}
                  align={align}
                  width={width}
                  sorted={sorted ? SORTED[sorted] : undefined}
                >
                  {sortBy ? (
                    <SortButton sorted={sorted} onSort={sort} label={header} before={align === "right"} />
                  ) : (
                    header
                  )}
                </TableHeader>
              );
            })}
          </TableHead>
          <TableBody>
            {pinned === undefined ? null : <DataRow {...props} row={pinned} shown={shown} pinnedRow />}
            {ordered.map((row) => (
              <DataRow {...props} key={rowKey(row)} row={row} shown={shown} />
            ))}
          </TableBody>
        </Table>
      )}
    </ListKeys>
  );
}

const SORTED = { asc: "ascending", desc: "descending" } as const;

/** The table's model as the reader left it, and the columns that they see. */
function useArranged<T extends RowData>({ keep, columns, rows, rowKey }: DataTableProps<T>) {
  const [view, setView] = useKeptView(keep);
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const sorting = view.sort ? [view.sort] : [];
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowKey,
    state: { sorting, columnVisibility: visibilityOf(columns, view.shown) },
    onSortingChange: (change) => {
      const [sort] = typeof change === "function" ? change(sorting) : change;
      setView({ ...view, sort });
    },
    enableMultiSort: false,
  });
  const choose = (id: string, visible: boolean) =>
    setView({ ...view, shown: { ...view.shown, [id]: visible } });
  const shown = columns.filter(({ id }) => table.getColumn(id)?.getIsVisible());
  return { table, shown, choose };
}

/** A list that is longer than the window scrolls under its own header. */
const TALL = "calc(100dvh - 13rem)";

function definitionOf<T extends RowData>({ id, sortBy }: DataColumn<T>): ColumnDef<typeof features, T> {
  const sorting = {
    sortFn: compareCells,
    sortUndefined: "last",
    enableSorting: sortBy !== undefined,
  } as const;
  return { id, accessorFn: (row: T) => sortBy?.(row), ...sorting };
}

function visibilityOf<T>(columns: readonly DataColumn<T>[], chosen: Record<string, boolean>) {
  const visible = ({ id, shown }: DataColumn<T>) => shown === "always" || (chosen[id] ?? shown !== "later");
  return Object.fromEntries(columns.map((column) => [column.id, visible(column)]));
}

type Selection = NonNullable<DataTableProps<RowData>["selection"]>;

function SelectAll({ selection, keys }: { selection: Selection; keys: readonly string[] }) {
  const count = keys.filter((key) => selection.keys.has(key)).length;
  return (
    <TableHeader width="min">
      <span className="flex items-center">
        <Checkbox
          aria-label={`Select all ${selection.of}`}
          checked={count === 0 ? false : count === keys.length || "indeterminate"}
          onCheckedChange={(checked) => selection.onChange(new Set(checked ? keys : []))}
        />
      </span>
    </TableHeader>
  );
}

type DataRowProps<T extends RowData> = DataTableProps<T> & {
  row: T;
  shown: readonly DataColumn<T>[];
  pinnedRow?: boolean;
};

function DataRow<T extends RowData>(props: DataRowProps<T>) {
  const { row, shown, rowKey, onOpen, openedKey, selection, pinnedRow = false } = props;
  const { rowName = rowKey } = props;
  const key = rowKey(row);
  const chosen = selection?.keys.has(key) ?? false;
  const toggle = () => selection?.onChange(toggled(selection.keys, key));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "x" || event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    toggle();
  };
  return (
    <TableRow
      opens={onOpen !== undefined}
      pinned={pinnedRow}
      selected={chosen || (openedKey !== undefined && openedKey === key)}
      onClick={() => onOpen?.(row)}
      onKeyDown={pinnedRow ? undefined : onKeyDown}
    >
      {selection ? (
        <td className="w-px border-b pl-4" onClick={(event) => event.stopPropagation()} onKeyDown={undefined}>
          {pinnedRow ? null : (
            <span className="flex items-center">
              <Checkbox aria-label={`Select ${rowName(row)}`} checked={chosen} onCheckedChange={toggle} />
            </span>
          )}
        </td>
      ) : null}
      {shown.map(({ id, cell, align, width, tone, wrap, title }) => (
        <TableCell key={id} align={align} width={width} tone={tone} wrap={wrap} title={title?.(row)}>
          {cell(row)}
        </TableCell>
      ))}
    </TableRow>
  );
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? new Set([...keys].filter((one) => one !== key)) : new Set([...keys, key]);
}
