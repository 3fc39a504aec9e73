"use client";

import { type ReactNode, useState } from "react";
import { Checkbox } from "#/components/ui/checkbox.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { SecretField } from "#/components/ui/secret-field.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { ModelRow } from "#/lib/models/list-models.ts";

export type SaveModel = (form: FormData) => Promise<FormResult>;

type ModelFormSheetProps = { trigger: ReactNode; save: SaveModel; model?: ModelRow };

/** Address, key and name of a model on any OpenAI-compatible server. */
export function ModelFormSheet({ trigger, save, model }: ModelFormSheetProps) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={model ? `Change ${model.name}` : "Add a model"}
      hint="Any server that speaks the OpenAI chat API: a provider's, or one of your own."
    >
      <SubmitForm
        action={save}
        savedMessage="Saved. Test it before agents wait for it."
        onSaved={() => setOpen(false)}
      >
        <input type="hidden" name="id" value={model?.id ?? ""} />
        <Field label="Name" name="name" required help="As it shall appear in Queue Mapping.">
          <Input defaultValue={model?.name} autoComplete="off" />
        </Field>
        <Field
          label="Server address"
          name="baseUrl"
          required
          help="Where /chat/completions begins, often ending in /v1. Private addresses are refused unless an operator allows them."
        >
          <Input
            defaultValue={model?.baseUrl}
            font="mono"
            inputMode="url"
            placeholder="https://api.example.com/v1"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field label="Model" name="model" required help="The name that the server knows it by.">
          <Input defaultValue={model?.model} font="mono" autoComplete="off" spellCheck={false} />
        </Field>
        <SecretField
          name="apiKey"
          label="API key"
          stored={model?.hasKey ?? false}
          optional
          help="Stored sealed and never shown again. Leave it empty where the server wants none."
        />
        {model?.hasKey ? <Checkbox name="withoutKey" label="Remove the stored key" /> : null}
      </SubmitForm>
    </Sheet>
  );
}
