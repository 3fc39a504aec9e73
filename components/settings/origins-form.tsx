"use client";

import { Field } from "#/components/ui/field.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { Textarea } from "#/components/ui/textarea.tsx";

type OriginsFormProps = {
  connectionId: string;
  origins: readonly string[];
  save: (form: FormData) => Promise<FormResult>;
};

export function OriginsForm({ connectionId, origins, save }: OriginsFormProps) {
  return (
    <SubmitForm action={save} savedMessage="Saved. Widgets that are opened from now on go by it.">
      <input type="hidden" name="connectionId" value={connectionId} />
      <Field
        label="Origins"
        name="origins"
        optional
        help="One a line, such as https://desk.example.com or https://*.example.com. The platform's own hosts need no entry."
      >
        <Textarea rows={3} defaultValue={origins.join("\n")} spellCheck={false} />
      </Field>
    </SubmitForm>
  );
}
