"use client";

import { useEffect, useState, useTransition } from "react";
import { toast } from "sonner";
import { Badge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import { SkeletonRows } from "#/components/ui/skeleton.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { VersionRow } from "#/lib/routing/list-versions.ts";
import { ChangeList } from "./change-list.tsx";
import { type MappingChanges, type MappingReads, UNREACHABLE } from "./mapping-changes.ts";
import { staleWords } from "./stale-notice.tsx";

type VersionListProps = {
  profileId: string;
  /** The one that is current now. */
  version: number;
  read: MappingReads["versions"];
  /** Undefined for readers who may not change anything. */
  restore: MappingChanges["restore"] | undefined;
  onRestored: (version: number) => void;
};

/** What a profile was, newest first: when, by whom, what changed, and the way back. */
export function VersionList({ profileId, version, read, restore, onRestored }: VersionListProps) {
  const [versions, setVersions] = useState<VersionRow[]>();
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();

  useEffect(() => {
    let gone = false;
    read({ profileId })
      .catch(() => UNREACHABLE)
      .then((result) => {
        if (gone) return;
        setVersions(result.ok ? result.versions : undefined);
        setProblem(result.ok ? undefined : result.message);
      });
    return () => {
      gone = true;
    };
  }, [profileId, read]);

  const bringBack = (old: number) =>
    startTransition(async () => {
      const result = await restore?.({ profileId, version: old, expected: version }).catch(() => UNREACHABLE);
      if (!result?.ok) return void toast.error(result?.message ?? "Nothing was restored.");
      if (result.stale) return void toast.error(staleWords(result.stale));
      toast.success(`Version ${old} answers again, as version ${version + 1}.`);
      onRestored(version + 1);
    });

  if (problem) return <ErrorState title="The versions could not be read">{problem}</ErrorState>;
  if (!versions) return <SkeletonRows rows={4} />;
  return (
    <ol className="flex flex-col divide-y rounded-md border bg-surface">
      {versions.map((row) => (
        <li key={row.version} className="flex flex-col gap-2 px-4 py-3">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium tabular-nums">Version {row.version}</span>
            {row.current ? <Badge tone="accent">current</Badge> : null}
            <span className="text-sm text-muted">
              {originWords(row)} <RelativeTime at={row.at} />
            </span>
            {restore && !row.current ? (
              <span className="ml-auto">
                <Button size="sm" busy={busy} onClick={() => bringBack(row.version)}>
                  Restore
                </Button>
              </span>
            ) : null}
          </div>
          {row.changes.length > 0 ? <ChangeList changes={row.changes} /> : <FirstState row={row} />}
        </li>
      ))}
    </ol>
  );
}

const ORIGINS = {
  seen: () => "without a save here,",
  form: () => "saved",
  restore: (row: VersionRow) => `version ${row.restored} restored`,
  bulk: () => "changed with others",
  undo: (row: VersionRow) => `undone to version ${row.restored}`,
  csv: () => "imported",
} as const satisfies Record<VersionRow["origin"], (row: VersionRow) => string>;

function originWords(row: VersionRow): string {
  const words = ORIGINS[row.origin](row);
  return row.by ? `${words} by ${row.by}` : words;
}

/** The oldest version that is kept has nothing to be compared with. */
function FirstState({ row: { content } }: { row: VersionRow }) {
  const { knowledgeBase, model, threshold, systemPrompt } = content;
  const facts = [
    knowledgeBase ?? "no knowledge base of its own",
    model ?? "extractive answers",
    threshold === undefined ? "the product's own threshold" : `threshold ${threshold.toFixed(2)}`,
    systemPrompt ? `prompt “${systemPrompt}”` : "no prompt",
  ];
  return <p className="text-sm break-words text-muted">{facts.join(" · ")}</p>;
}
