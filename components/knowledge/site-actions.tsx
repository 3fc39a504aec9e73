"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Dialog } from "#/components/ui/dialog.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { SiteView } from "#/lib/knowledge/crawl/read-sites.ts";
import { ActionButton, type Counted } from "./action-button.tsx";
import { SiteLimits } from "./site-limits.tsx";
import { isAtWork } from "./site-state.tsx";

type SiteActionsProps = {
  site: SiteView;
  path: string;
  changes: {
    save: (form: FormData) => Promise<FormResult>;
    run: () => Promise<Counted>;
    cancel: () => Promise<Counted>;
    remove: () => Promise<Counted>;
  };
};

export function SiteActions({ site, path, changes }: SiteActionsProps) {
  const router = useRouter();
  const documents = site.documents === 1 ? "1 document" : `${site.documents} documents`;
  return (
    <>
      {isAtWork(site) ? (
        <ActionButton run={changes.cancel} onDone={() => toast.success("It stops after the page it is at.")}>
          Stop
        </ActionButton>
      ) : (
        <ActionButton
          run={changes.run}
          onDone={() => toast.success("It begins in a moment.")}
          look={{ variant: "primary" }}
        >
          Read it now
        </ActionButton>
      )}
      <SiteSettings site={site} save={changes.save} />
      <ActionButton
        run={changes.remove}
        onDone={() => {
          toast.success("Deleted.");
          router.push(path as never);
        }}
        look={{ variant: "danger-quiet" }}
        ask={{
          title: `Delete this site?`,
          text: `${documents} that came from it and their passages are lost. Cards that were shown keep their text.`,
          confirm: "Delete",
          keep: "Keep it",
          danger: true,
        }}
      >
        Delete…
      </ActionButton>
    </>
  );
}

function SiteSettings({ site, save }: { site: SiteView; save: SiteActionsProps["changes"]["save"] }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Settings</Button>}
      title="How it is read"
      hint="For another start address, add another site."
    >
      <SubmitForm action={save} onSaved={() => setOpen(false)} savedMessage="Saved." guard={false}>
        <input type="hidden" name="siteId" value={site.id} />
        <SiteLimits values={site} />
      </SubmitForm>
    </Dialog>
  );
}
