"use client";

import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import type { BulkUndo } from "#/lib/routing/bulk-change.ts";
import type { MappingRow, ProfileView } from "#/lib/routing/list-mappings.ts";
import { BulkFields } from "./bulk-fields.tsx";
import { type BulkSet, bulkPreview } from "./bulk-preview.ts";
import { ChangeList } from "./change-list.tsx";
import { type MappingChanges, UNREACHABLE } from "./mapping-changes.ts";
import type { ShownChoices } from "./profile-form.tsx";

type BulkBarProps = {
  chosen: readonly MappingRow[];
  fallback: ProfileView;
  choices: ShownChoices;
  changes: MappingChanges;
  onDone: () => void;
};

/** Many queues at once: what is to be set, what that changes in each of them, and the way back. */
export function BulkBar({ chosen, fallback, choices, changes, onDone }: BulkBarProps) {
  const [open, setOpen] = useState(false);
  const [set, setSet] = useState<BulkSet>({});
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const preview = bulkPreview(chosen, set, choices);
  const touched = preview.filter((row) => row.changes.length > 0);
  const apply = () =>
    startTransition(async () => {
      const mappings = chosen.map(({ mappingId, version }) => ({ mappingId, version }));
      const result = await changes.bulk({ mappings, set }).catch(() => UNREACHABLE);
      setProblem(result.ok ? undefined : result.message);
      if (!result.ok) return;
      setOpen(false);
      setSet({});
      onDone();
      offerUndo(`${countOf(result.changed.length)} changed.`, result.changed, changes.undo);
    });
  return (
    <>
      <span className="text-sm font-medium tabular-nums">{countOf(chosen.length)} selected</span>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        size="lg"
        trigger={<Button>Change together</Button>}
        title={`Change ${countOf(chosen.length)}`}
        hint={`What is left as it is stays as it is in each queue. The tenant default searches ${fallback.knowledgeBase ?? "nothing"}.`}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="primary" busy={busy} disabled={touched.length === 0} onClick={apply}>
              Change {countOf(touched.length)}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-5">
          <BulkFields choices={choices} onChange={setSet} set={set} />
          {problem ? <ErrorState title="Nothing was changed">{problem}</ErrorState> : null}
          <section aria-label="What changes" className="flex flex-col gap-2">
            <h3 className="font-semibold">
              {touched.length === 0
                ? "Nothing changes yet"
                : `Changes in ${touched.length} of ${countOf(chosen.length)}`}
            </h3>
            <ul className="flex flex-col divide-y rounded-md border">
              {preview.map(({ row, changes: own }) => (
                <li key={row.mappingId} className="flex flex-col gap-1 px-3 py-2">
                  <span className="font-medium break-words">{row.queueName}</span>
                  {own.length > 0 ? (
                    <ChangeList changes={own} />
                  ) : (
                    <span className="text-sm text-muted">stays as it is</span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        </div>
      </Sheet>
      <Button variant="ghost" onClick={onDone}>
        Select none
      </Button>
    </>
  );
}

const UNDO_MS = 20_000;

/** Says what was done and, for a while, takes it back. */
export function offerUndo(words: string, changed: BulkUndo["changed"], undo: MappingChanges["undo"]): void {
  if (changed.length === 0) return void toast.success(words);
  const takeBack = async () => {
    const result = await undo({ changed }).catch(() => UNREACHABLE);
    if (!result.ok) return toast.error(result.message);
    const left =
      result.left.length > 0 ? ` Changed again since and left alone: ${result.left.join(", ")}.` : "";
    return toast.success(`${countOf(result.restored)} as before.${left}`);
  };
  toast.success(words, { duration: UNDO_MS, action: { label: "Undo", onClick: () => void takeBack() } });
}

const countOf = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "queue" : "queues"}`;
