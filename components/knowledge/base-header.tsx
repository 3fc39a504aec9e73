"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { ConfirmByName } from "#/components/ui/confirm-by-name.tsx";
import { Dialog } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { LinkTabs } from "#/components/ui/link-tabs.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { BasePage } from "#/lib/knowledge/read-base.ts";
import { ActionButton, type Counted } from "./action-button.tsx";
import { ReindexProgress } from "./reindex-progress.tsx";

type BaseHeaderProps = {
  base: BasePage;
  slug: string;
  /** Undefined for readers who may not change anything. */
  changes:
    | {
        rename: (form: FormData) => Promise<FormResult>;
        remove: () => Promise<FormResult>;
        reindex: () => Promise<Counted>;
        cancelReindex: () => Promise<Counted>;
      }
    | undefined;
};

/** Title of a base with what can be done to it as a whole, and its tabs. */
export function BaseHeader({ base, slug, changes }: BaseHeaderProps) {
  const router = useRouter();
  const list = `/${slug}/knowledge`;
  const path = `${list}/${base.id}`;
  const actions = changes ? (
    <>
      {base.documents > base.gone && !base.reindex ? (
        <ActionButton
          run={changes.reindex}
          onDone={(count) => toast.success(`${count} ${count === 1 ? "document waits" : "documents wait"}.`)}
          ask={{
            title: "Index every document anew?",
            text: "Each is read again from its stored content. What is indexed now stays in use until then.",
            confirm: "Re-index all",
          }}
        >
          Re-index all…
        </ActionButton>
      ) : null}
      <RenameBase base={base} rename={changes.rename} />
      <ConfirmByName
        trigger={<Button variant="danger-quiet">Delete…</Button>}
        title={`Delete ${base.name}?`}
        name={base.name}
        confirmLabel="Delete for good"
        action={changes.remove}
        onDone={() => router.push(list)}
      >
        <strong>{base.documents} documents</strong>, their passages and the base's sites are lost. Queues that
        use this base fall back to the tenant default's; when this is the default's own base, they suggest
        nothing.
      </ConfirmByName>
    </>
  ) : undefined;
  return (
    <>
      <PageHeader title={base.name} trail={[{ label: "Knowledge", href: list }]} actions={actions} />
      <LinkTabs
        label="Knowledge base"
        tabs={[
          { href: path, label: "Documents" },
          { href: `${path}/sites`, label: "Sites" },
          { href: `${path}/try`, label: "Try a question" },
        ]}
      />
      {base.reindex ? <ReindexProgress round={base.reindex} cancel={changes?.cancelReindex} /> : null}
    </>
  );
}

type RenameBaseProps = {
  base: { id: string; name: string };
  rename: (form: FormData) => Promise<FormResult>;
};

function RenameBase({ base, rename }: RenameBaseProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="sm"
      trigger={<Button>Rename</Button>}
      title="Rename the base"
    >
      <SubmitForm action={rename} onSaved={() => setOpen(false)} savedMessage="Renamed." guard={false}>
        <input type="hidden" name="baseId" value={base.id} />
        <Field label="Name" name="name" required>
          <Input defaultValue={base.name} autoComplete="off" />
        </Field>
      </SubmitForm>
    </Dialog>
  );
}
