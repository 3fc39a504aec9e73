"use client";

import { type ReactNode, useState } from "react";
import { Sheet } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { SecretField } from "#/components/ui/secret-field.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { SpeechRow } from "#/lib/speech/list-speech.ts";
import { SPEECH_DEFAULTS } from "#/lib/speech/speech-defaults.ts";

export type SaveSpeech = (form: FormData) => Promise<FormResult>;

export const SPEECH_LABELS = { deepgram: "Deepgram", google: "Google Speech-to-Text" } as const;

const HINTS = {
  deepgram: "Live transcription with an API key of your own.",
  google: "Speech-to-Text v2 with a service account of your own project.",
} as const;

type SpeechFormSheetProps = {
  trigger: ReactNode;
  save: SaveSpeech;
  kind: SpeechRow["kind"];
  /** The one to change; without it the sheet adds one. */
  service?: SpeechRow;
};

/** Adds or changes a speech service. */
export function SpeechFormSheet({ trigger, save, kind, service }: SpeechFormSheetProps) {
  const [open, setOpen] = useState(false);
  const value = shown({ ...SPEECH_DEFAULTS[kind], ...service?.settings });
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={service ? `Change ${service.name}` : `Add ${SPEECH_LABELS[kind]}`}
      hint={HINTS[kind]}
    >
      <SubmitForm
        action={save}
        savedMessage="Saved. Test it before calls need it."
        onSaved={() => setOpen(false)}
      >
        <input type="hidden" name="id" value={service?.id ?? ""} />
        <input type="hidden" name="kind" value={kind} />
        <Field
          label="Name"
          name="name"
          required
          help="As it shall appear on this page and in the audit trail."
        >
          <Input defaultValue={service?.name ?? SPEECH_LABELS[kind]} autoComplete="off" />
        </Field>
        <Field label="Model" name="model" required help="The name that the service knows it by.">
          <Input defaultValue={value("model")} font="mono" autoComplete="off" spellCheck={false} />
        </Field>
        <Field
          label="Languages"
          name="languages"
          required
          help="Tags such as en-US, divided by commas. The first one is used for calls that name none."
        >
          <Input defaultValue={value("languages")} font="mono" autoComplete="off" spellCheck={false} />
        </Field>
        {kind === "deepgram" ? <DeepgramFields value={value} /> : <GoogleFields value={value} />}
        <SecretField
          name="key"
          label={kind === "deepgram" ? "API key" : "Service account key"}
          stored={service?.hasKey ?? false}
          required={kind === "deepgram"}
          optional={kind === "google"}
          help={
            kind === "deepgram"
              ? "Stored sealed and never shown again."
              : "The whole JSON key file. Stored sealed and never shown again. Only a server of your own may do without."
          }
        />
      </SubmitForm>
    </Sheet>
  );
}

type Value = (name: string) => string;

function DeepgramFields({ value }: { value: Value }) {
  return (
    <>
      <ServerAddress
        value={value}
        required
        help="Deepgram's own, its EU address, or a server that you host."
      />
      <Field
        label="Pause that ends an utterance, in ms"
        name="endpointingMs"
        required
        help="Shorter shows text sooner and cuts sentences apart."
      >
        <Input defaultValue={value("endpointingMs")} font="mono" inputMode="numeric" />
      </Field>
      <Field
        label="Gap between words that ends it at the latest, in ms"
        name="utteranceEndMs"
        required
        help="For lines that are never quiet. 1000 at least."
      >
        <Input defaultValue={value("utteranceEndMs")} font="mono" inputMode="numeric" />
      </Field>
    </>
  );
}

function GoogleFields({ value }: { value: Value }) {
  return (
    <>
      <Field
        label="Region"
        name="location"
        required
        help="global, eu, us, or a region such as europe-west4. Not every model is in every region."
      >
        <Input defaultValue={value("location")} font="mono" autoComplete="off" spellCheck={false} />
      </Field>
      <Field label="Project id" name="projectId" help="Empty: the project that the key belongs to.">
        <Input defaultValue={value("projectId")} font="mono" autoComplete="off" spellCheck={false} />
      </Field>
      <ServerAddress value={value} help="Empty: Google's own for the region." />
    </>
  );
}

function ServerAddress({ value, help, required }: { value: Value; help: string; required?: boolean }) {
  return (
    <Field
      label="Server address"
      name="endpoint"
      required={required}
      help={`${help} Private addresses are refused unless an operator allows them.`}
    >
      <Input
        defaultValue={value("endpoint")}
        font="mono"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
}

/** Settings as texts for the fields; a list is written with commas. */
function shown(settings: Record<string, unknown>): Value {
  return (name) => {
    const value = settings[name];
    if (Array.isArray(value)) return value.join(", ");
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
}
