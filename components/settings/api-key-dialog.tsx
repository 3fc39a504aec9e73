"use client";

import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Checkbox } from "#/components/ui/checkbox.tsx";
import { CloseDialog, Dialog } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select } from "#/components/ui/select.tsx";
import { SubmitForm } from "#/components/ui/submit-form.tsx";
import type { ActionResult } from "./action-result.ts";
import { SCOPE_WORDS } from "./scope-words.ts";
import { ShownOnce } from "./shown-once.tsx";

const LIFETIMES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "", label: "Until it is revoked" },
];

type ApiKeyDialogProps = { create: (form: FormData) => Promise<ActionResult<{ key: string; name: string }>> };

/** Makes a key and shows it once. */
export function ApiKeyDialog({ create }: ApiKeyDialogProps) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ key: string; name: string }>();
  const toggle = (next: boolean) => {
    setOpen(next);
    if (next) setMade(undefined);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={<Button variant="primary">Make a key</Button>}
      title={made ? `The key "${made.name}"` : "Make an API key"}
    >
      {made ? (
        <div className="flex flex-col gap-4">
          <ShownOnce text={made.key} label="Copy the key">
            Copy the key now: it is stored as a hash only and can never be shown again. Send it as{" "}
            <span className="font-mono">Authorization: Bearer …</span>
          </ShownOnce>
          <div className="flex justify-end">
            <CloseDialog>
              <Button variant="primary">Done</Button>
            </CloseDialog>
          </div>
        </div>
      ) : (
        <SubmitForm action={create} submitLabel="Make the key" onSaved={setMade}>
          <Field label="Name" name="name" required help="The program that will use it.">
            <Input autoComplete="off" placeholder="Wiki sync" />
          </Field>
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 text-sm font-medium">What it may do</legend>
            {Object.entries(SCOPE_WORDS).map(([scope, words]) => (
              <Checkbox key={scope} name="scopes" value={scope} label={words} hint={scope} />
            ))}
          </fieldset>
          <Field label="Counts for" name="days">
            <Select options={LIFETIMES} defaultValue="90" />
          </Field>
        </SubmitForm>
      )}
    </Dialog>
  );
}
