"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Dialog } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";

type NewBaseProps = {
  path: string;
  create: (form: FormData) => Promise<{ ok: true; baseId: string } | Extract<FormResult, { ok: false }>>;
};

export function NewBase({ path, create }: NewBaseProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="sm"
      trigger={<Button variant="primary">New knowledge base</Button>}
      title="New knowledge base"
    >
      <SubmitForm
        action={create}
        submitLabel="Create"
        guard={false}
        onSaved={({ baseId }) => router.push(`${path}/${baseId}`)}
      >
        <Field label="Name" name="name" required help="For example the product or the line of business.">
          <Input autoComplete="off" />
        </Field>
      </SubmitForm>
    </Dialog>
  );
}
