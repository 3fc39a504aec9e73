"use client";

import { useState } from "react";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select } from "#/components/ui/select.tsx";
import type { Named } from "#/lib/routing/list-choices.ts";
import type { BulkSet } from "./bulk-preview.ts";
import type { ShownChoices } from "./profile-form.tsx";

const KEEP = "keep";
const NONE = "none";
const OWN = "own";

type BulkFieldsProps = { choices: ShownChoices; set: BulkSet; onChange: (set: BulkSet) => void };

/** What to set in every chosen queue; each field begins with leaving things as they are. */
export function BulkFields({ choices, set, onChange }: BulkFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <ChoiceField
        label="Knowledge base"
        none="Tenant default's"
        named={choices.bases}
        onChange={(knowledgeBaseId) => onChange({ ...set, knowledgeBaseId })}
      />
      <ChoiceField
        label="Model"
        none="Extractive answers"
        named={choices.models}
        onChange={(modelIntegrationId) => onChange({ ...set, modelIntegrationId })}
      />
      <ThresholdField onChange={(threshold) => onChange({ ...set, threshold })} />
    </div>
  );
}

type ChoiceFieldProps = {
  label: string;
  none: string;
  named: readonly Named[];
  onChange: (id: string | null | undefined) => void;
};

function ChoiceField({ label, none, named, onChange }: ChoiceFieldProps) {
  return (
    <Field label={label}>
      <Select
        options={[
          { value: KEEP, label: "Leave as it is" },
          { value: NONE, label: none },
          ...named.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        defaultValue={KEEP}
        onValueChange={(value) => onChange(value === KEEP ? undefined : value === NONE ? null : value)}
      />
    </Field>
  );
}

function ThresholdField({ onChange }: { onChange: (threshold: number | null | undefined) => void }) {
  const [choice, setChoice] = useState(KEEP);
  const choose = (next: string) => {
    setChoice(next);
    onChange(next === NONE ? null : undefined);
  };
  return (
    <div className="flex flex-col gap-2">
      <Field label="Threshold">
        <Select
          options={[
            { value: KEEP, label: "Leave as it is" },
            { value: NONE, label: "The product's own" },
            { value: OWN, label: "Set to…" },
          ]}
          value={choice}
          onValueChange={choose}
        />
      </Field>
      {choice === OWN ? (
        <Input
          type="number"
          aria-label="New threshold, from 0 to 1"
          min={0}
          max={1}
          step={0.01}
          autoFocus
          onChange={({ target }) => onChange(thresholdOf(target.value))}
        />
      ) : null}
    </div>
  );
}

/** Undefined until it is one. */
function thresholdOf(text: string): number | undefined {
  const number = Number.parseFloat(text);
  return number >= 0 && number <= 1 ? number : undefined;
}
