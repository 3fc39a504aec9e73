"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { ShownCredentials } from "#/lib/integrations/new-credentials.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { CredentialsOnce } from "./credentials-once.tsx";

type Created = { ok: true; connectionId: string; shown: ShownCredentials };
type Refused = Extract<FormResult, { ok: false }>;
export type CreateConnection = (form: FormData) => Promise<Created | Refused>;

type ConnectButtonProps = {
  platform: PlatformId;
  label: string;
  base: string;
  create: CreateConnection;
  first: boolean;
};

/** Asks for a name, makes the connection and shows its new key and secret this one time. */
export function ConnectButton({ platform, label, base, create, first }: ConnectButtonProps) {
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<Created>();
  const toggle = (next: boolean) => {
    setOpen(next);
    setCreated(undefined);
  };
  return (
    <Sheet
      open={open}
      onOpenChange={toggle}
      trigger={
        <Button variant={first ? "primary" : "secondary"}>{first ? "Connect" : "Connect another"}</Button>
      }
      title={created ? "Connected: copy the key and the secret now" : `Connect ${label}`}
      hint={
        created ? undefined : "We make the AudioHook key and secret; you paste them on the platform's side."
      }
    >
      {created ? (
        <div className="flex flex-col gap-4">
          <CredentialsOnce shown={created.shown} />
          <div>
            <Button variant="primary" asChild>
              <Link href={`${base}/${created.connectionId}`}>Go on with the set-up</Link>
            </Button>
          </div>
        </div>
      ) : (
        <SubmitForm action={create} submitLabel="Create connection" onSaved={setCreated} guard={false}>
          <input type="hidden" name="platform" value={platform} />
          <Field
            label="Name"
            name="name"
            required
            help="As your colleagues will recognise it, for example the site or the line."
          >
            <Input defaultValue={first ? label : ""} autoComplete="off" />
          </Field>
          <Field
            label="Organization id"
            name="organizationId"
            optional
            help="Admin > Account Settings > Organization Settings > Organization Details > Advanced. With it, calls of any other organization are refused."
          >
            <Input font="mono" autoComplete="off" spellCheck={false} />
          </Field>
        </SubmitForm>
      )}
    </Sheet>
  );
}
