"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { forgetDraft } from "#/components/ui/form-draft.ts";
import { Tabs } from "#/components/ui/tabs.tsx";
import type { MappingRow, ProfileView } from "#/lib/routing/list-mappings.ts";
import type { MappingChanges, MappingReads } from "./mapping-changes.ts";
import { ProfileForm, type ShownChoices } from "./profile-form.tsx";
import { VersionList } from "./version-list.tsx";

export type Opened = { kind: "new" } | { kind: "default" } | { kind: "mapping"; row: MappingRow };

type ProfileSheetProps = {
  opened: Opened | undefined;
  onClose: () => void;
  fallback: ProfileView;
  choices: ShownChoices;
  reads: MappingReads;
  changes: MappingChanges | undefined;
};

/** What answers for one queue, or for all that have no mapping: its fields, and what it was before. */
export function ProfileSheet({ opened, onClose, ...rest }: ProfileSheetProps) {
  return (
    <Sheet
      open={opened !== undefined}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={titleOf(opened)}
      hint={hintOf(opened)}
      size="lg"
    >
      {opened ? <ProfilePanel key={idOf(opened)} opened={opened} onClose={onClose} {...rest} /> : null}
    </Sheet>
  );
}

const idOf = (opened: Opened) => (opened.kind === "mapping" ? opened.row.mappingId : opened.kind);

function ProfilePanel(props: ProfileSheetProps & { opened: Opened }) {
  const { opened, onClose, fallback, choices, reads, changes } = props;
  const row = opened.kind === "mapping" ? opened.row : undefined;
  const profile = row ?? fallback;
  const { profileId } = opened.kind === "new" ? { profileId: undefined } : profile;
  const router = useRouter();
  const [taken, setTaken] = useState<number>();
  // What others saved is on the page only after the server has sent it; until then the form stays as it is.
  const arrived = taken !== undefined && profile.version >= taken;
  const takeTheirs = (version: number) => {
    forgetDraft(idOf(opened));
    setTaken(version);
    router.refresh();
  };
  const form = (
    <ProfileForm
      key={arrived ? taken : "first"}
      id={idOf(opened)}
      row={row}
      profile={profile}
      fallback={opened.kind === "default" ? undefined : fallback}
      choices={choices}
      reads={reads}
      list={changes?.list}
      save={opened.kind === "default" ? changes?.saveDefault : changes?.save}
      onSaved={onClose}
      onTakeTheirs={takeTheirs}
      secondary={row && changes ? <RemoveButton row={row} remove={changes.remove} onDone={onClose} /> : null}
    />
  );
  if (!profileId) return form;
  const versions = (
    <VersionList
      profileId={profileId}
      version={profile.version}
      read={reads.versions}
      restore={changes?.restore}
      onRestored={(version) => {
        takeTheirs(version);
        onClose();
      }}
    />
  );
  return (
    <Tabs
      label="Mapping"
      tabs={[
        { value: "answer", label: "What answers", content: form },
        { value: "versions", label: `Versions (${profile.version})`, content: versions },
      ]}
    />
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
      forgetDraft(row.mappingId);
      toast.success(`${row.queueName} answers with the tenant default now.`);
      onDone();
    });
  return (
    <Button variant="danger-quiet" busy={busy} onClick={run}>
      Use the default instead
    </Button>
  );
}
