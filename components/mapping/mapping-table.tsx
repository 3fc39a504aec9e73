"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { ListKeys } from "#/components/ui/list-keys.tsx";
import { PlatformMark } from "#/components/ui/platform-mark.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import type { MappingRow, MappingTable as Mappings, ProfileView } from "#/lib/routing/list-mappings.ts";
import { GoneSince } from "./gone-since.tsx";
import type { ShownChoices } from "./profile-form.tsx";
import { type MappingChanges, type Opened, ProfileSheet } from "./profile-sheet.tsx";
import type { TryIt } from "./try-it.tsx";

type MappingTableProps = {
  table: Mappings;
  choices: ShownChoices;
  tryIt: TryIt;
  /** Undefined for readers who may not change anything. */
  changes: MappingChanges | undefined;
};

/** The default first, then every mapped queue; a row opens its panel. */
export function MappingTable({ table, choices, tryIt, changes }: MappingTableProps) {
  const [opened, setOpened] = useState<Opened>();
  const { fallback, mappings } = table;
  return (
    <>
      <div className="mb-3 flex items-center justify-between gap-3">
        <span className="text-sm text-muted tabular-nums">
          {mappings.length} {mappings.length === 1 ? "queue" : "queues"} mapped
        </span>
        {changes ? (
          <Button
            variant="primary"
            onClick={() => setOpened({ kind: "new" })}
            disabled={choices.connections.length === 0}
          >
            <Plus aria-hidden />
            Map a queue
          </Button>
        ) : null}
      </div>
      <ListKeys>
        <Table caption="Queue mappings">
          <TableHead>
            <TableHeader>Queue</TableHeader>
            <TableHeader>Knowledge base</TableHeader>
            <TableHeader>Prompt</TableHeader>
            <TableHeader>Model</TableHeader>
            <TableHeader align="right">Suggestions, 7 days</TableHeader>
            <TableHeader align="right">Used</TableHeader>
          </TableHead>
          <TableBody>
            <TableRow opens pinned onClick={() => setOpened({ kind: "default" })}>
              <TableCell wrap="never">
                <RowButton onOpen={() => setOpened({ kind: "default" })}>Tenant default</RowButton>{" "}
                <Badge>every other queue</Badge>
              </TableCell>
              <ProfileCells profile={fallback} fallback={undefined} />
            </TableRow>
            {mappings.map((row) => (
              <TableRow key={row.mappingId} opens onClick={() => setOpened({ kind: "mapping", row })}>
                <TableCell wrap="never">
                  <QueueName row={row} onOpen={() => setOpened({ kind: "mapping", row })} />
                </TableCell>
                <ProfileCells profile={row} fallback={fallback} />
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ListKeys>
      {mappings.length === 0 ? (
        <p className="mt-3 text-sm text-muted">
          {choices.connections.length === 0
            ? "Connect a platform on the Integrations page first: its queues can be mapped then."
            : "No queue is mapped, so the tenant default answers everywhere."}
        </p>
      ) : null}
      <ProfileSheet
        opened={opened}
        onClose={() => setOpened(undefined)}
        fallback={fallback}
        choices={choices}
        tryIt={tryIt}
        changes={changes}
      />
    </>
  );
}

function RowButton({ children, onOpen }: { children: string; onOpen: () => void }) {
  return (
    <button
      type="button"
      data-row-action=""
      className="rounded-sm font-medium hover:underline"
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      {children}
    </button>
  );
}

function QueueName({ row, onOpen }: { row: MappingRow; onOpen: () => void }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <PlatformMark platform={row.platform} size={16} />
      <RowButton onOpen={onOpen}>{row.queueName}</RowButton>
      <span className="text-sm text-muted">{row.connection}</span>
      {row.queueGoneAt ? (
        <span className="basis-full pl-6">
          <GoneSince platform={row.platform} at={row.queueGoneAt} />
        </span>
      ) : null}
    </span>
  );
}

const PROMPT_WORDS = 8;

function ProfileCells({ profile, fallback }: { profile: ProfileView; fallback: ProfileView | undefined }) {
  const { knowledgeBase, systemPrompt, model, cards, used } = profile;
  const words = systemPrompt.split(/\s+/);
  const prompt = words.length > PROMPT_WORDS ? `${words.slice(0, PROMPT_WORDS).join(" ")}…` : systemPrompt;
  return (
    <>
      <TableCell wrap="never">
        {knowledgeBase ?? <BaseMissing inherited={fallback?.knowledgeBase} />}
      </TableCell>
      <TableCell tone="muted" title={systemPrompt}>
        {prompt || "–"}
      </TableCell>
      <TableCell wrap="never">{model ?? <span className="text-muted">extractive</span>}</TableCell>
      <TableCell align="right">{cards.toLocaleString("en")}</TableCell>
      <TableCell align="right" tone={cards === 0 ? "muted" : "plain"}>
        {cards === 0 ? "–" : `${Math.round((100 * used) / cards)} %`}
      </TableCell>
    </>
  );
}

function BaseMissing({ inherited }: { inherited: string | undefined }) {
  if (inherited) return <span className="text-muted">{inherited} (default)</span>;
  return <span className="text-warn">none: nothing is suggested</span>;
}
