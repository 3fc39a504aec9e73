"use client";

import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { CloseDialog, Dialog } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select, type SelectOption } from "#/components/ui/select.tsx";
import { SubmitForm } from "#/components/ui/submit-form.tsx";
import type { ActionResult } from "./action-result.ts";
import { ShownOnce } from "./shown-once.tsx";

type Invited = { email: string; link: string };

type InviteDialogProps = {
  roles: readonly SelectOption[];
  days: number;
  invite: (form: FormData) => Promise<ActionResult<Invited>>;
};

/** Invites a person: there is no mail to send, so the link is shown once, to be passed on by whoever asked for it. */
export function InviteDialog({ roles, days, invite }: InviteDialogProps) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Invited>();
  const toggle = (next: boolean) => {
    setOpen(next);
    if (next) setMade(undefined);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={<Button variant="primary">Invite a person</Button>}
      title={made ? `Invitation for ${made.email}` : "Invite a person"}
      hint={made ? undefined : `They get a link that counts once, for ${days} days.`}
    >
      {made ? (
        <div className="flex flex-col gap-4">
          <ShownOnce text={made.link} label="Copy the invitation link">
            Copy the link now and send it to them yourself. It is not shown again; a new invitation replaces
            it.
          </ShownOnce>
          <div className="flex justify-end">
            <CloseDialog>
              <Button variant="primary">Done</Button>
            </CloseDialog>
          </div>
        </div>
      ) : (
        <SubmitForm action={invite} submitLabel="Make the link" onSaved={setMade}>
          <Field label="E-mail" name="email" required help="They join with an account of this address.">
            <Input type="email" autoComplete="off" spellCheck={false} />
          </Field>
          <Field label="Role" name="role" required>
            <Select options={roles} placeholder="Choose a role" />
          </Field>
        </SubmitForm>
      )}
    </Dialog>
  );
}
