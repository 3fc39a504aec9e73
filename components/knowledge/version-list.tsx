"use client";

import Link from "next/link";
import { toast } from "sonner";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { VersionRow } from "#/lib/knowledge/versions.ts";
import { ActionButton, type Counted } from "./action-button.tsx";

type VersionListProps = {
  documentId: string;
  versions: readonly VersionRow[];
  shown: number | undefined;
  path: string;
  restore: ((input: { documentId: string; number: number }) => Promise<Counted>) | undefined;
};

/** The texts that a document had, latest first; one of them is looked at. */
export function VersionList({ documentId, versions, shown, path, restore }: VersionListProps) {
  const [latest] = versions;
  if (!latest) {
    return (
      <EmptyState title="No version yet">
        Each text that this document has is kept from the next time on that it is indexed, ten at most.
      </EmptyState>
    );
  }
  return (
    <ol className="flex flex-col gap-1" aria-label="Versions">
      {versions.map(({ number, words, createdAt, restorable }) => (
        <li
          key={number}
          className={`flex items-center gap-2 rounded-md border px-3 py-2 ${number === shown ? "border-accent-line bg-accent-fill" : "border-line"}`}
        >
          <Link
            href={`${path}?version=${number}` as never}
            aria-current={number === shown ? "true" : undefined}
            className="min-w-0 flex-1 hover:underline"
          >
            <span className="font-medium">Version {number}</span>
            {number === latest.number ? " (in use)" : ""}
            <span className="block text-sm text-muted">
              <RelativeTime at={createdAt} /> · {words.toLocaleString("en")} words
            </span>
          </Link>
          {restore && restorable && number !== latest.number ? (
            <ActionButton
              run={() => restore({ documentId, number })}
              onDone={() => toast.success(`Version ${number} is being indexed.`)}
              look={{ size: "sm" }}
              ask={{
                title: `Restore version ${number}?`,
                text: "It becomes the document's content again, as a new version. What is in use now is kept as a version too.",
                confirm: "Restore",
              }}
            >
              Restore…
            </ActionButton>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
