"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Dialog } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { SiteLimits } from "./site-limits.tsx";

type NewSiteProps = {
  baseId: string;
  path: string;
  add: (form: FormData) => Promise<{ ok: true; siteId: string } | Extract<FormResult, { ok: false }>>;
};

/** A site to be read: where it starts, how far it goes, how often. */
export function NewSite({ baseId, path, add }: NewSiteProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Add a site</Button>}
      title="Add a site"
      hint="Pages are found by links and by the site's own site map. robots.txt is followed."
    >
      <SubmitForm
        action={add}
        submitLabel="Add and read it"
        guard={false}
        onSaved={({ siteId }) => router.push(`${path}/${siteId}` as never)}
      >
        <input type="hidden" name="baseId" value={baseId} />
        <Field label="Start address" name="startUrl" required help="The page to begin at.">
          <Input font="mono" inputMode="url" placeholder="https://" autoComplete="off" spellCheck={false} />
        </Field>
        <Field
          label="Only below this path"
          name="pathPrefix"
          optional
          help="Empty: the folder that the start page lies in. Other hosts are never read."
        >
          <Input font="mono" placeholder="/help/" autoComplete="off" spellCheck={false} />
        </Field>
        <SiteLimits values={{ mostPages: 100, mostDepth: 5, schedule: "weekly" }} />
      </SubmitForm>
    </Dialog>
  );
}
