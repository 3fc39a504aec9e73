"use client";

import { Users } from "lucide-react";
import { Button } from "#/components/ui/button.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { StaleProfile } from "#/lib/routing/change-profile.ts";
import { ChangeList } from "./change-list.tsx";

type StaleNoticeProps = { stale: StaleProfile; onTakeTheirs: () => void; onOverwrite: () => void };

/** Somebody else saved first: what they changed, and the two ways on. */
export function StaleNotice({ stale, onTakeTheirs, onOverwrite }: StaleNoticeProps) {
  return (
    <section
      aria-label="Changed meanwhile"
      className="flex flex-col gap-2 rounded-md bg-warn-fill px-3 py-2.5 text-sm"
    >
      <p className="flex items-start gap-2 font-medium text-warn">
        <Users className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span>
          {whoOf(stale)} saved version {stale.version} <RelativeTime at={stale.at} />, after you opened this.
        </span>
      </p>
      {stale.changes.length > 0 ? (
        <ChangeList changes={stale.changes} />
      ) : (
        <p>What it changed is as you have it here.</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={onTakeTheirs}>
          Take theirs
        </Button>
        <Button size="sm" variant="danger-quiet" onClick={onOverwrite}>
          Overwrite with mine
        </Button>
      </div>
    </section>
  );
}

const whoOf = ({ by }: StaleProfile) => (by.length > 0 ? by.join(" and ") : "The product");

export function staleWords(stale: StaleProfile): string {
  return `${whoOf(stale)} changed this after you opened it. Nothing of yours was saved yet: choose above what to keep.`;
}
