"use client";

import { type ReactNode, useRef, useState } from "react";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select } from "#/components/ui/select.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { Textarea } from "#/components/ui/textarea.tsx";
import type { Named } from "#/lib/routing/list-choices.ts";
import type { MappingRow, ProfileView } from "#/lib/routing/list-mappings.ts";
import { type ListingConnection, QueueFields } from "./queue-fields.tsx";
import type { ListQueues } from "./refresh-queues.tsx";
import { type TryIt, TryQuestion } from "./try-it.tsx";

/** What the form offers; connections that can list their queues say who lists them. */
export type ShownChoices = {
  connections: readonly ListingConnection[];
  bases: readonly Named[];
  models: readonly Named[];
};

type ProfileFormProps = {
  row: MappingRow | undefined;
  profile: ProfileView;
  /** What answers without a mapping; undefined when this is it. */
  fallback: ProfileView | undefined;
  choices: ShownChoices;
  tryIt: TryIt;
  list: ListQueues | undefined;
  save: ((form: FormData) => Promise<FormResult>) | undefined;
  onSaved: () => void;
  secondary: ReactNode;
};

/** Queue, base, prompt, model; below it a question can be tried with what the fields hold, saved or not. */
export function ProfileForm(props: ProfileFormProps) {
  const { row, profile, fallback, choices, tryIt, list, save, onSaved, secondary } = props;
  const fields = useRef<HTMLFieldSetElement>(null);
  // A new mapping starts from what the default is, but for what it would only repeat.
  const start =
    row || !fallback ? profile : { ...profile, systemPrompt: "", threshold: undefined, knowledgeBaseId: "" };

  return (
    <div className="flex flex-col gap-6">
      <SubmitForm
        action={save ?? (async () => READ_ONLY)}
        savedMessage="Saved. The next question is answered this way."
        onSaved={onSaved}
        secondary={secondary}
      >
        <fieldset ref={fields} disabled={save === undefined} className="flex flex-col gap-4">
          {fallback ? <QueueFields row={row} connections={choices.connections} list={list} /> : null}
          <BaseField bases={choices.bases} chosen={start.knowledgeBaseId} fallback={fallback} />
          <AnswerFields
            models={choices.models}
            chosen={start.modelIntegrationId}
            prompt={start.systemPrompt}
            fallback={fallback}
          />
          <Field
            label="Threshold"
            name="threshold"
            optional
            help="From 0 to 1. Below it nothing is shown; higher means fewer and surer suggestions. Empty takes the product's own."
          >
            <Input type="number" min={0} max={1} step={0.01} defaultValue={start.threshold} />
          </Field>
        </fieldset>
      </SubmitForm>
      <TryQuestion tryIt={tryIt} profile={() => readProfile(fields.current, fallback)} />
    </div>
  );
}

type BaseFieldProps = {
  bases: readonly Named[];
  chosen: string | undefined;
  fallback: ProfileView | undefined;
};

function BaseField({ bases, chosen, fallback }: BaseFieldProps) {
  const inherited = fallback?.knowledgeBase ?? "nothing";
  const none = fallback ? `Tenant default (${inherited})` : "None: nothing is suggested";
  const help = fallback ? `The tenant default searches ${inherited}.` : undefined;
  return (
    <Field label="Knowledge base" name="knowledgeBaseId" help={help}>
      <Select
        options={[{ value: "", label: none }, ...bases.map(({ id, name }) => ({ value: id, label: name }))]}
        defaultValue={chosen ?? ""}
      />
    </Field>
  );
}

type AnswerFieldsProps = {
  models: readonly Named[];
  chosen: string | undefined;
  prompt: string;
  fallback: ProfileView | undefined;
};

/** Model and prompt belong together: without a model the prompt has no effect, and the form says so. */
function AnswerFields({ models, chosen, prompt, fallback }: AnswerFieldsProps) {
  const [model, setModel] = useState(chosen ?? "");
  return (
    <>
      <Field
        label="Model"
        name="modelIntegrationId"
        help={fallback ? `The tenant default: ${fallback.model ?? "extractive answers"}.` : undefined}
      >
        <Select
          options={[
            { value: "", label: "Extractive answers (no model)" },
            ...models.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={model}
          onValueChange={setModel}
        />
      </Field>
      <Field label="System prompt" name="systemPrompt" optional help={model === "" ? NO_EFFECT : EFFECT}>
        <Textarea rows={4} defaultValue={prompt} />
      </Field>
    </>
  );
}

const NO_EFFECT =
  "Has no effect with extractive answers: they quote the passages and follow no instructions. Choose a model to use it.";
const EFFECT =
  "Guides tone, length and order of the answer. What no passage supports is withheld either way.";

const READ_ONLY: FormResult = { ok: false, message: "Your role may not change this.", fields: {} };

/** What the fields hold at this moment; an empty base means the default's, as it will when it is saved. */
function readProfile(fieldset: HTMLFieldSetElement | null, fallback: ProfileView | undefined) {
  const form = fieldset?.form;
  const field = (name: string) => {
    const control = form?.elements.namedItem(name);
    return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement
      ? control.value.trim()
      : "";
  };
  const threshold = Number.parseFloat(field("threshold"));
  return {
    knowledgeBaseId: field("knowledgeBaseId") || fallback?.knowledgeBaseId,
    systemPrompt: field("systemPrompt"),
    modelIntegrationId: field("modelIntegrationId") || undefined,
    threshold: Number.isNaN(threshold) ? undefined : threshold,
  };
}
