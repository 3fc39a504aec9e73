"use client";

import { signIn } from "next-auth/react";
import { useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { leave } from "#/components/shell/leave.ts";
import { Button } from "#/components/ui/button.tsx";
import { ConfirmDialog } from "#/components/ui/confirm-dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { ActionResult } from "./action-result.ts";
import { refusalWords } from "./outcome.ts";

type Save = (form: FormData) => Promise<FormResult>;

export function NameForm({ name, save }: { name: string; save: Save }) {
  return (
    <SubmitForm action={save} savedMessage="Saved.">
      <Field label="Name" name="name" required help="As colleagues see it, in the audit log too.">
        <Input defaultValue={name} autoComplete="name" />
      </Field>
    </SubmitForm>
  );
}

/** A new password ends every session; this browser signs in again with it at once. */
export function PasswordForm({ email, save }: { email: string; save: Save }) {
  const [round, setRound] = useState(0);
  const chosen = useRef("");
  const change = (form: FormData) => {
    chosen.current = String(form.get("password"));
    return save(form);
  };
  const goOn = async () => {
    const result = await signIn("credentials", { email, password: chosen.current, redirect: false });
    chosen.current = "";
    if (!result?.ok) window.location.assign("/sign-in");
    setRound((now) => now + 1);
  };
  return (
    <SubmitForm
      key={round}
      action={change}
      submitLabel="Change the password"
      savedMessage="Changed. You are signed out everywhere else."
      onSaved={goOn}
    >
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <Field label="Present password" name="current" required>
        <Input type="password" autoComplete="current-password" />
      </Field>
      <Field
        label="New password"
        name="password"
        required
        help="12 characters at least. A few words in a row do well."
      >
        <Input type="password" autoComplete="new-password" />
      </Field>
      <Field label="New password again" name="again" required>
        <Input type="password" autoComplete="new-password" />
      </Field>
    </SubmitForm>
  );
}

export function EndSessions({ end }: { end: (input: undefined) => Promise<ActionResult> }) {
  const [open, setOpen] = useState(false);
  const [busy, startTransition] = useTransition();
  const endAll = () =>
    startTransition(async () => {
      const result = await end(undefined);
      if (!result.ok) return void toast.error(refusalWords(result));
      leave();
    });
  return (
    <>
      <Button variant="danger-quiet" onClick={() => setOpen(true)}>
        Sign out everywhere
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Sign out everywhere?"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Stay signed in</Button>
            <Button variant="danger" busy={busy} onClick={endAll}>
              Sign out everywhere
            </Button>
          </>
        }
      >
        Every browser where you are signed in asks for your sign-in again, this one included.
      </ConfirmDialog>
    </>
  );
}
