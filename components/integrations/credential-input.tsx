"use client";

import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { SecretField } from "#/components/ui/secret-field.tsx";
import { Select } from "#/components/ui/select.tsx";
import { Switch } from "#/components/ui/switch.tsx";
import { Textarea } from "#/components/ui/textarea.tsx";
import type { CredentialField } from "#/lib/connectors/manifest.ts";

type CredentialInputProps = {
  field: CredentialField;
  /** Of what is no secret. */
  value: unknown;
  /** A secret that is there already is masked and can be replaced. */
  stored: boolean;
  sandbox: boolean;
};

/** One field of a connection, drawn by its kind. */
export function CredentialInput({ field, value, stored, sandbox }: CredentialInputProps) {
  const { name, label, help, required, kind, lines } = field;
  const words = { name, label, help, required, optional: !required && kind === "secret" };
  const text = typeof value === "string" ? value : "";
  if (kind === "generated") return null;
  if (kind === "switch")
    return <Switch name={name} label={label} hint={help} defaultChecked={value === true} />;
  if (kind === "secret") {
    return lines ? (
      <LongSecret {...words} stored={stored} lines={lines} />
    ) : (
      <SecretField {...words} optional={false} stored={stored} />
    );
  }
  return (
    <Field name={name} label={label} help={help} required={required}>
      {kind === "select" ? (
        <Select
          options={(field.options ?? []).filter((option) => sandbox || option.sandbox !== true)}
          defaultValue={text || undefined}
          placeholder="Choose one"
        />
      ) : kind === "textarea" ? (
        <Textarea rows={lines ?? 4} font="mono" defaultValue={text} spellCheck={false} />
      ) : (
        <Input defaultValue={text} font="mono" autoComplete="off" spellCheck={false} />
      )}
    </Field>
  );
}

type LongSecretProps = {
  name: string;
  label: string;
  help: string;
  required: boolean;
  stored: boolean;
  lines: number;
};

/** A secret of several lines, such as a JSON key; masked like any other once it is stored. */
function LongSecret({ name, label, help, required, stored, lines }: LongSecretProps) {
  const [replacing, setReplacing] = useState(!stored);
  return (
    <Field name={name} label={label} help={help} required={required && !stored}>
      <div className="flex flex-col items-start gap-2">
        {replacing ? (
          <Textarea rows={lines} font="mono" autoComplete="off" spellCheck={false} data-secret="" />
        ) : (
          <span className="flex h-8 w-full items-center rounded-md border bg-background px-2.5 text-sm text-muted">
            <span aria-hidden className="mr-2 tracking-widest">
              ••••••••
            </span>
            stored
          </span>
        )}
        {stored ? (
          <Button onClick={() => setReplacing(!replacing)}>{replacing ? "Keep stored" : "Replace"}</Button>
        ) : null}
      </div>
    </Field>
  );
}
