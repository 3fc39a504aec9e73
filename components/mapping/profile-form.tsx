"use client";

import { type ReactNode, useRef, useState } from "react";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select } from "#/components/ui/select.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { Textarea } from "#/components/ui/textarea.tsx";
import { useRestored } from "#/components/ui/use-form-draft.tsx";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import type { StaleProfile } from "#/lib/routing/change-profile.ts";
import type { Named } from "#/lib/routing/list-choices.ts";
import type { MappingRow, ProfileView } from "#/lib/routing/list-mappings.ts";
import { DefaultFacts } from "./default-facts.tsx";
import type { MappingReads, SaveProfile } from "./mapping-changes.ts";
import { type ListingConnection, QueueFields } from "./queue-fields.tsx";
import type { ListQueues } from "./refresh-queues.tsx";
import { StaleNotice, staleWords } from "./stale-notice.tsx";
import { TryQuestion } from "./try-it.tsx";

/** What the form offers; connections that can list their queues say who lists them. */
export type ShownChoices = {
  connections: readonly ListingConnection[];
  bases: readonly Named[];
  models: readonly Named[];
};

type ProfileFormProps = {
  /** Tells its draft apart from other mappings' drafts. */
  id: string;
  row: MappingRow | undefined;
  profile: ProfileView;
  /** What answers without a mapping; undefined when this is it. */
  fallback: ProfileView | undefined;
  choices: ShownChoices;
  reads: MappingReads;
  list: ListQueues | undefined;
  save: SaveProfile | undefined;
  onSaved: () => void;
  /** Gives up what was typed for what somebody else saved. */
  onTakeTheirs: (version: number) => void;
  secondary: ReactNode;
};

/** Queue, base, prompt, model; below it a question can be tried with what the fields hold, saved or not. */
export function ProfileForm(props: ProfileFormProps) {
  const { id, row, profile, fallback, choices, reads, list, save, onSaved, secondary } = props;
  const fields = useRef<HTMLFieldSetElement>(null);
  const [stale, setStale] = useState<StaleProfile>();
  // The version that the reader saw: a page that is refreshed behind the form must not move it.
  const [began] = useState(profile.version);
  const start = row || !fallback ? profile : NEW;
  const recentOf = row ? { connectionId: row.connectionId, queueId: row.queueId } : {};

  return (
    <div className="flex flex-col gap-6">
      {fallback ? <DefaultFacts fallback={fallback} /> : null}
      <SubmitForm
        action={(form) => saveOrTell(save, form, setStale)}
        savedMessage="Saved. The next question is answered this way."
        onSaved={onSaved}
        secondary={secondary}
        draft={id}
      >
        {stale ? (
          <StaleNotice
            stale={stale}
            onTakeTheirs={() => props.onTakeTheirs(stale.version)}
            onOverwrite={() => requestAnimationFrame(() => fields.current?.form?.requestSubmit())}
          />
        ) : null}
        <fieldset ref={fields} disabled={save === undefined} className="flex flex-col gap-4">
          {row || !fallback ? <VersionField began={began} seen={stale?.version} /> : null}
          {fallback ? <QueueFields row={row} connections={choices.connections} list={list} /> : null}
          <BaseField bases={choices.bases} chosen={start.knowledgeBaseId} fallback={fallback} />
          <AnswerFields
            models={choices.models}
            chosen={start.modelIntegrationId}
            prompt={start.systemPrompt}
          />
          <Field
            label="Threshold"
            name="threshold"
            optional
            help={`From 0 to 1. Below it nothing is shown; higher means fewer and surer suggestions. Empty takes the product's own, ${CARD_THRESHOLD.toFixed(2)}.`}
          >
            <Input type="number" min={0} max={1} step={0.01} defaultValue={start.threshold} />
          </Field>
        </fieldset>
      </SubmitForm>
      <TryQuestion
        tryIt={reads.tryIt}
        profile={() => readProfile(fields.current, fallback)}
        recent={() => reads.recent(recentOf)}
        fallback={fallback}
      />
    </div>
  );
}

/** A new mapping starts from nothing of its own: the default answers until something is chosen. */
const NEW = { knowledgeBaseId: "", systemPrompt: "", modelIntegrationId: "", threshold: undefined };

/** What somebody else saved meanwhile is no failure of the form, and not a save either. */
async function saveOrTell(
  save: SaveProfile | undefined,
  form: FormData,
  tell: (stale: StaleProfile | undefined) => void,
): Promise<FormResult> {
  if (!save) return READ_ONLY;
  const saved = await save(form);
  const stale = saved.ok ? saved.stale : undefined;
  tell(stale);
  return stale ? { ok: false, message: staleWords(stale), fields: {} } : saved;
}

/** A draft brings the version along that it was typed against; what the reader was told of counts as seen. */
function VersionField({ began, seen }: { began: number; seen: number | undefined }) {
  const restored = useRestored("version");
  return <input type="hidden" name="version" data-draft="always" value={seen ?? restored ?? began} />;
}

type BaseFieldProps = {
  bases: readonly Named[];
  chosen: string | undefined;
  fallback: ProfileView | undefined;
};

function BaseField({ bases, chosen, fallback }: BaseFieldProps) {
  const inherited = fallback?.knowledgeBase ?? "nothing";
  const none = fallback ? `Tenant default (${inherited})` : "None: nothing is suggested";
  return (
    <Field label="Knowledge base" name="knowledgeBaseId">
      <Select
        options={[{ value: "", label: none }, ...bases.map(({ id, name }) => ({ value: id, label: name }))]}
        defaultValue={chosen ?? ""}
      />
    </Field>
  );
}

type AnswerFieldsProps = { models: readonly Named[]; chosen: string | undefined; prompt: string };

/** Model and prompt belong together: without a model the prompt has no effect, and the form says so. */
function AnswerFields({ models, chosen, prompt }: AnswerFieldsProps) {
  const [model, setModel] = useState(chosen ?? "");
  return (
    <>
      <Field label="Model" name="modelIntegrationId">
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
