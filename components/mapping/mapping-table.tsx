"use client";

import { CircleHelp, Plus } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { DataTable } from "#/components/ui/data-table.tsx";
import type { MappingTable as Mappings } from "#/lib/routing/list-mappings.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { CsvMenu } from "./csv-menu.tsx";
import { ExplainSheet } from "./explain-sheet.tsx";
import type { MappingChanges, MappingReads } from "./mapping-changes.ts";
import { mappingColumns, type TableRowOf } from "./mapping-columns.tsx";
import type { ShownChoices } from "./profile-form.tsx";
import { ProfileSheet } from "./profile-sheet.tsx";

type MappingTableProps = {
  table: Mappings;
  choices: ShownChoices;
  reads: MappingReads;
  /** Undefined for readers who may not change anything. */
  changes: MappingChanges | undefined;
};

const NONE: ReadonlySet<string> = new Set();
const keyOf = ({ mapping }: TableRowOf) => mapping?.mappingId ?? "default";
const nameOf = ({ mapping }: TableRowOf) => mapping?.queueName ?? "Tenant default";

/** The default first, then every mapped queue; a row opens its panel. What is open stands in the address. */
export function MappingTable({ table, choices, reads, changes }: MappingTableProps) {
  const [opened, open] = useOpened();
  const [picked, setPicked] = useState(NONE);
  const { fallback, mappings } = table;
  const rows = useMemo(() => mappings.map((mapping) => ({ ...mapping, mapping })), [mappings]);
  const pinned = useMemo(() => ({ ...fallback, mapping: undefined }), [fallback]);
  const columns = useMemo(() => mappingColumns(fallback, (row) => open(keyOf(row))), [fallback, open]);
  const chosen = mappings.filter(({ mappingId }) => picked.has(mappingId));
  return (
    <>
      <DataTable
        caption="Queue mappings"
        keep="queue-mappings"
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowName={nameOf}
        pinned={pinned}
        onOpen={(row) => open(keyOf(row))}
        openedKey={opened}
        {...(changes && { selection: { keys: picked, onChange: setPicked, of: "queues" } })}
        toolbar={
          changes && chosen.length > 0 ? (
            <BulkBar
              chosen={chosen}
              fallback={fallback}
              choices={choices}
              changes={changes}
              onDone={() => setPicked(NONE)}
            />
          ) : (
            <span className="text-sm text-muted tabular-nums">
              {mappings.length} {mappings.length === 1 ? "queue" : "queues"} mapped
            </span>
          )
        }
        actions={
          <>
            <CsvMenu reads={reads} changes={changes} empty={mappings.length === 0} />
            <Button onClick={() => open("explain")} disabled={choices.connections.length === 0}>
              <CircleHelp aria-hidden />
              What would a queue use?
            </Button>
            {changes ? (
              <Button
                variant="primary"
                onClick={() => open("new")}
                disabled={choices.connections.length === 0}
              >
                <Plus aria-hidden />
                Map a queue
              </Button>
            ) : null}
          </>
        }
      />
      {mappings.length === 0 ? <NothingMapped connected={choices.connections.length > 0} /> : null}
      <ProfileSheet
        opened={openedOf(opened, table)}
        onClose={() => open(undefined)}
        fallback={fallback}
        choices={choices}
        reads={reads}
        changes={changes}
      />
      <ExplainSheet
        open={opened === "explain"}
        onClose={() => open(undefined)}
        onOpenMapping={open}
        connections={choices.connections}
        explain={reads.explain}
      />
    </>
  );
}

function NothingMapped({ connected }: { connected: boolean }) {
  return (
    <p className="mt-3 text-sm text-muted">
      {connected
        ? "No queue is mapped, so the tenant default answers everywhere. Map a queue to give it a knowledge base, a prompt or a model of its own."
        : "Connect a platform on the Integrations page first: its queues can be mapped then."}
    </p>
  );
}

function openedOf(key: string | undefined, { mappings }: Mappings) {
  if (key === "new" || key === "default") return { kind: key } as const;
  const row = mappings.find(({ mappingId }) => mappingId === key);
  return row && ({ kind: "mapping", row } as const);
}

const PARAMETER = "open";

/** Kept in the address, so that a reload, a colleague's link and a new sign-in come back to it. */
function useOpened(): [string | undefined, (key: string | undefined) => void] {
  const opened = useSearchParams().get(PARAMETER) ?? undefined;
  const open = useMemo(
    () => (key: string | undefined) => {
      const url = new URL(location.href);
      if (key === undefined) url.searchParams.delete(PARAMETER);
      else url.searchParams.set(PARAMETER, key);
      window.history.replaceState(null, "", url);
    },
    [],
  );
  return [opened, open];
}
