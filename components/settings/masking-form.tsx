"use client";

import { Card } from "#/components/ui/card.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { Switch } from "#/components/ui/switch.tsx";

type MaskingFormProps = { mask: boolean; save: (form: FormData) => Promise<FormResult> };

/** Whether what people said is masked before a language model reads it. */
export function MaskingForm({ mask, save }: MaskingFormProps) {
  return (
    <Card>
      <SubmitForm action={save} savedMessage="Saved. It counts from the next answer on.">
        <Switch
          name="mask"
          defaultChecked={mask}
          label="Mask personal data before a language model reads it"
          hint="E-mail addresses, phone, card and account numbers in what customers and agents say become [email], [phone], [card]. Your knowledge articles are sent as they are. A model can then not repeat an order number of six digits or more."
        />
      </SubmitForm>
    </Card>
  );
}
