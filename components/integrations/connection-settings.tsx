"use client";

import { Card, CardHeader } from "#/components/ui/card.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { Switch } from "#/components/ui/switch.tsx";
import type { CredentialField, Manifest } from "#/lib/connectors/manifest.ts";

type Settings = { id: string; name: string } & Record<string, unknown>;

type ConnectionSettingsProps = {
  manifest: Manifest;
  connection: Settings;
  save: (form: FormData) => Promise<FormResult>;
};

/** Name and what is no secret; the fields are the manifest's. */
export function ConnectionSettings({ manifest, connection, save }: ConnectionSettingsProps) {
  const open = manifest.credentialFields.filter(({ kind }) => kind === "text" || kind === "switch");
  return (
    <Card>
      <CardHeader title="Settings" />
      <SubmitForm action={save} savedMessage="Saved. New calls follow it at once.">
        <input type="hidden" name="connectionId" value={connection.id} />
        <Field label="Name" name="name" required>
          <Input defaultValue={connection.name} autoComplete="off" />
        </Field>
        {open.map((field) => (
          <SettingField key={field.name} field={field} value={connection[field.name]} />
        ))}
      </SubmitForm>
    </Card>
  );
}

function SettingField({ field, value }: { field: CredentialField; value: unknown }) {
  const { name, label, help, required } = field;
  if (field.kind === "switch")
    return <Switch name={name} label={label} hint={help} defaultChecked={value === true} />;
  return (
    <Field label={label} name={name} help={help} optional={!required} required={required}>
      <Input
        defaultValue={typeof value === "string" ? value : ""}
        font="mono"
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
}
