"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { Manifest } from "#/lib/connectors/manifest.ts";
import type { ShownCredentials } from "#/lib/integrations/new-credentials.ts";
import { CredentialInput } from "./credential-input.tsx";
import { CredentialsOnce } from "./credentials-once.tsx";

type Created = { ok: true; connectionId: string; shown: ShownCredentials };
type Refused = Extract<FormResult, { ok: false }>;
export type CreateConnection = (form: FormData) => Promise<Created | Refused>;

type ConnectButtonProps = {
  manifest: Manifest;
  base: string;
  create: CreateConnection;
  first: boolean;
  sandbox: boolean;
};

/** Asks for a name and the credentials, makes the connection and shows once what was made for it. */
export function ConnectButton({ manifest, base, create, first, sandbox }: ConnectButtonProps) {
  const { id: platform, label, credentialFields } = manifest;
  const asked = credentialFields.filter(({ kind }) => kind !== "generated" && kind !== "switch");
  const makes = credentialFields.some(({ kind }) => kind === "generated");
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
      title={titleOf(created, label)}
      hint={
        created || !makes
          ? undefined
          : "We make keys of our own as well; they are shown once it is connected, for the platform's side."
      }
    >
      {created ? (
        <div className="flex flex-col gap-4">
          {created.shown.length > 0 ? <CredentialsOnce shown={created.shown} /> : null}
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
          {asked.map((field) => (
            <CredentialInput
              key={field.name}
              field={field}
              value={field.initial}
              stored={false}
              sandbox={sandbox}
            />
          ))}
        </SubmitForm>
      )}
    </Sheet>
  );
}

function titleOf(created: Created | undefined, label: string): string {
  if (!created) return `Connect ${label}`;
  return created.shown.length > 0 ? "Connected: copy the key and the secret now" : `${label} is connected`;
}
