"use client";

import { useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import type { FormResult } from "#/components/ui/submit-form.tsx";
import type { MappingRow, ProfileView } from "#/lib/routing/list-mappings.ts";
import { ProfileForm, type ShownChoices } from "./profile-form.tsx";
import type { ListQueues } from "./refresh-queues.tsx";
import type { TryIt } from "./try-it.tsx";

export type Opened = { kind: "new" } | { kind: "default" } | { kind: "mapping"; row: MappingRow };

export type MappingChanges = {
  save: (form: FormData) => Promise<FormResult>;
  saveDefault: (form: FormData) => Promise<FormResult>;
  remove: (input: { mappingId: string }) => Promise<FormResult>;
  list: ListQueues;
};

type ProfileSheetProps = {
  opened: Opened | undefined;
  onClose: () => void;
  fallback: ProfileView;
  choices: ShownChoices;
  tryIt: TryIt;
  changes: MappingChanges | undefined;
};

/** What answers for one queue, or for all that have no mapping. */
export function ProfileSheet({ opened, onClose, fallback, choices, tryIt, changes }: ProfileSheetProps) {
  const row = opened?.kind === "mapping" ? opened.row : undefined;
  return (
    <Sheet
      open={opened !== undefined}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={titleOf(opened)}
      hint={hintOf(opened)}
      size="lg"
    >
      {opened ? (
        <ProfileForm
          key={row?.mappingId ?? opened.kind}
          row={row}
          profile={row ?? fallback}
          fallback={opened.kind === "default" ? undefined : fallback}
          choices={choices}
          tryIt={tryIt}
          list={changes?.list}
          save={opened.kind === "default" ? changes?.saveDefault : changes?.save}
          onSaved={onClose}
          secondary={
            row && changes ? <RemoveButton row={row} remove={changes.remove} onDone={onClose} /> : null
          }
        />
      ) : null}
    </Sheet>
  );
}

function titleOf(opened: Opened | undefined): string {
  if (opened?.kind === "mapping") return opened.row.queueName;
  return opened?.kind === "default" ? "Tenant default" : "Map a queue";
}

function hintOf(opened: Opened | undefined): string {
  if (opened?.kind === "mapping") return `A queue of ${opened.row.connection}, id ${opened.row.queueId}`;
  if (opened?.kind === "default") return "Answers for every queue without a mapping of its own.";
  return "Says what answers for one queue, instead of the tenant default.";
}

type RemoveButtonProps = { row: MappingRow; remove: MappingChanges["remove"]; onDone: () => void };

function RemoveButton({ row, remove, onDone }: RemoveButtonProps) {
  const [busy, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      const result = await remove({ mappingId: row.mappingId });
      if (!result.ok) return void toast.error(result.message);
      toast.success(`${row.queueName} answers with the tenant default now.`);
      onDone();
    });
  return (
    <Button variant="danger-quiet" busy={busy} onClick={run}>
      Use the default instead
    </Button>
  );
}
