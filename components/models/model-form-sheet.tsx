"use client";

import { type ReactNode, useState } from "react";
import { Checkbox } from "#/components/ui/checkbox.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { SecretField } from "#/components/ui/secret-field.tsx";
import { Select } from "#/components/ui/select.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { ModelRow } from "#/lib/models/list-models.ts";
import { MODEL_KIND_FACTS, MODEL_KINDS, type ModelKind } from "#/lib/models/model-kinds.ts";

export type SaveModel = (form: FormData) => Promise<FormResult>;

type ModelFormSheetProps = { trigger: ReactNode; save: SaveModel; model?: ModelRow };

const KINDS = MODEL_KINDS.map((kind) => ({ value: kind, label: MODEL_KIND_FACTS[kind].label }));

/** Kind, address, key and name of a language model. */
export function ModelFormSheet({ trigger, save, model }: ModelFormSheetProps) {
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<ModelKind>(model?.kind ?? "openai-compatible");
  const facts = MODEL_KIND_FACTS[kind];
  const stored = (model?.hasKey ?? false) && model?.kind === kind;
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={model ? `Change ${model.name}` : "Add a model"}
      hint="A provider's model with a key of your own, or one on a server of yours."
    >
      <SubmitForm
        action={save}
        savedMessage="Saved. Test it before agents wait for it."
        onSaved={() => setOpen(false)}
      >
        <input type="hidden" name="id" value={model?.id ?? ""} />
        <Field label="Provider" name="kind" required>
          <Select options={KINDS} value={kind} onValueChange={(next) => setKind(next as ModelKind)} />
        </Field>
        <Field label="Name" name="name" required help="As it shall appear in Queue Mapping.">
          <Input defaultValue={model?.name} autoComplete="off" />
        </Field>
        <Field
          label="Server address"
          name="baseUrl"
          required
          help={
            facts.baseUrl
              ? "The provider's own, or a gateway's that leads there. Private addresses are refused unless an operator allows them."
              : "Where /chat/completions begins, often ending in /v1. Private addresses are refused unless an operator allows them."
          }
        >
          <Input
            key={kind}
            defaultValue={model?.kind === kind ? model.baseUrl : facts.baseUrl}
            font="mono"
            inputMode="url"
            placeholder="https://api.example.com/v1"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field label="Model" name="model" required help="The name that the server knows it by.">
          <Input
            defaultValue={model?.model}
            font="mono"
            placeholder={facts.example}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <SecretField
          key={`${kind} key`}
          name="apiKey"
          label="API key"
          stored={stored}
          required={facts.wantsKey}
          optional={!facts.wantsKey}
          help={
            facts.wantsKey
              ? "Stored sealed and never shown again."
              : "Stored sealed and never shown again. Leave it empty where the server wants none."
          }
        />
        {model?.hasKey && !facts.wantsKey ? (
          <Checkbox name="withoutKey" label="Remove the stored key" />
        ) : null}
      </SubmitForm>
    </Sheet>
  );
}
