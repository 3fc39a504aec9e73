"use client";

import { Badge } from "#/components/ui/badge.tsx";
import type { DataColumn } from "#/components/ui/data-table.tsx";
import { PlatformMark } from "#/components/ui/platform-mark.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import type { MappingRow, ProfileView } from "#/lib/routing/list-mappings.ts";
import { GoneSince } from "./gone-since.tsx";

/** A row of the table: a mapped queue, or the tenant's default. */
export type TableRowOf = ProfileView & { mapping: MappingRow | undefined };

const PROMPT_WORDS = 8;
const usedOf = ({ cards, used }: ProfileView) => (cards === 0 ? undefined : (100 * used) / cards);

export function mappingColumns(
  fallback: ProfileView,
  onOpen: (row: TableRowOf) => void,
): DataColumn<TableRowOf>[] {
  return [
    {
      id: "queue",
      header: "Queue",
      shown: "always",
      wrap: "never",
      sortBy: ({ mapping }) => mapping?.queueName,
      cell: (row) => <QueueName row={row} onOpen={() => onOpen(row)} />,
    },
    {
      id: "base",
      header: "Knowledge base",
      wrap: "never",
      sortBy: ({ knowledgeBase }) => knowledgeBase ?? fallback.knowledgeBase,
      cell: ({ knowledgeBase, mapping }) =>
        knowledgeBase ?? <BaseMissing inherited={mapping ? fallback.knowledgeBase : undefined} />,
    },
    {
      id: "prompt",
      header: "Prompt",
      tone: "muted",
      title: ({ systemPrompt }) => systemPrompt,
      cell: ({ systemPrompt }) => firstWords(systemPrompt) || "–",
    },
    {
      id: "model",
      header: "Model",
      wrap: "never",
      sortBy: ({ model }) => model ?? "extractive",
      cell: ({ model }) => model ?? <span className="text-muted">extractive</span>,
    },
    {
      id: "threshold",
      header: "Threshold",
      align: "right",
      sortBy: ({ threshold }) => threshold ?? CARD_THRESHOLD,
      cell: ({ threshold }) => (
        <span className={threshold === undefined ? "text-muted" : undefined}>
          {(threshold ?? CARD_THRESHOLD).toFixed(2)}
        </span>
      ),
    },
    {
      id: "cards",
      header: "Suggestions, 7 days",
      align: "right",
      sortBy: ({ cards }) => cards,
      cell: ({ cards }) => cards.toLocaleString("en"),
    },
    {
      id: "used",
      header: "Used",
      align: "right",
      sortBy: usedOf,
      cell: (row) => {
        const used = usedOf(row);
        return used === undefined ? <span className="text-muted">–</span> : `${Math.round(used)} %`;
      },
    },
    {
      id: "version",
      header: "Version",
      align: "right",
      shown: "later",
      sortBy: ({ version }) => version,
      cell: ({ version }) => version,
    },
    {
      id: "changed",
      header: "Changed",
      shown: "later",
      tone: "muted",
      wrap: "never",
      sortBy: ({ updatedAt }) => updatedAt?.getTime(),
      cell: ({ updatedAt }) => (updatedAt ? <RelativeTime at={updatedAt} /> : "–"),
    },
  ];
}

function firstWords(prompt: string): string {
  const words = prompt.split(/\s+/);
  return words.length > PROMPT_WORDS ? `${words.slice(0, PROMPT_WORDS).join(" ")}…` : prompt;
}

function QueueName({ row: { mapping }, onOpen }: { row: TableRowOf; onOpen: () => void }) {
  if (!mapping)
    return (
      <>
        <RowButton onOpen={onOpen}>Tenant default</RowButton> <Badge>every other queue</Badge>
      </>
    );
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <PlatformMark platform={mapping.platform} size={16} />
      <span className="max-w-72 truncate" title={mapping.queueName}>
        <RowButton onOpen={onOpen}>{mapping.queueName}</RowButton>
      </span>
      <span className="max-w-56 truncate text-sm text-muted" title={mapping.connection}>
        {mapping.connection}
      </span>
      {mapping.queueGoneAt ? (
        <span className="basis-full pl-6">
          <GoneSince platform={mapping.platform} at={mapping.queueGoneAt} />
        </span>
      ) : null}
    </span>
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

function BaseMissing({ inherited }: { inherited: string | undefined }) {
  if (inherited) return <span className="text-muted">{inherited} (default)</span>;
  return <span className="text-warn">none: nothing is suggested</span>;
}
