"use client";

import { Fragment } from "react";
import { Card, CardHeader } from "#/components/ui/card.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { CredentialField } from "#/lib/connectors/manifest.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { CredentialInput } from "./credential-input.tsx";

type ConnectionSettingsProps = {
  platform: PlatformId;
  fields: readonly CredentialField[];
  connection: { id: string; name: string; settings: Record<string, unknown>; stored: readonly string[] };
  sandbox: boolean;
  save: (form: FormData) => Promise<FormResult>;
};

/** Name, settings and secrets of a connection; the fields are the manifest's. */
export function ConnectionSettings({ platform, fields, connection, sandbox, save }: ConnectionSettingsProps) {
  const { id, name, settings, stored } = connection;
  const open = fields.filter(({ kind }) => kind !== "generated");
  // What the server learns meanwhile (the organization) must reach fields that keep their own value.
  const version = JSON.stringify([settings.organizationId, stored]);
  return (
    <section id="settings" aria-label="Settings" className="scroll-mt-4">
      <Card>
        <CardHeader title="Settings" />
        <SubmitForm key={version} action={save} savedMessage="Saved. What comes in from now on follows it.">
          <input type="hidden" name="connectionId" value={id} />
          <input type="hidden" name="platform" value={platform} />
          <Field label="Name" name="name" required>
            <Input defaultValue={name} autoComplete="off" />
          </Field>
          {open.map((field, index) => (
            <Fragment key={field.name}>
              <GroupTitle group={field.group} before={open[index - 1]?.group} />
              <CredentialInput
                field={field}
                value={settings[field.name] ?? field.initial}
                stored={stored.includes(field.name)}
                sandbox={sandbox}
              />
            </Fragment>
          ))}
        </SubmitForm>
      </Card>
    </section>
  );
}

function GroupTitle({ group, before }: { group: string | undefined; before: string | undefined }) {
  if (!group || group === before) return null;
  return <h3 className="-mb-1 border-t pt-4 font-semibold">{group}</h3>;
}
