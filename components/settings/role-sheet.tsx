"use client";

import { type ReactNode, useState } from "react";
import { Checkbox } from "#/components/ui/checkbox.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { SubmitForm } from "#/components/ui/submit-form.tsx";
import type { RoleRow } from "#/lib/tenancy/list-roles.ts";
import { PERMISSION_GROUPS } from "#/lib/tenancy/permission-words.ts";
import type { ActionResult } from "./action-result.ts";

type RoleSheetProps = {
  trigger: ReactNode;
  /** The one to change; without it the sheet makes one. */
  role?: RoleRow;
  /** What the reader's own role holds: nobody gives more. */
  held: readonly string[];
  save: (form: FormData) => Promise<ActionResult>;
};

export function RoleSheet({ trigger, role, held, save }: RoleSheetProps) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={role ? `Change ${role.name}` : "Make a role"}
      hint="What people with this role may do. A change counts from their next click."
    >
      <SubmitForm action={save} savedMessage="Saved." onSaved={() => setOpen(false)}>
        <input type="hidden" name="id" value={role?.id ?? ""} />
        <Field label="Name" name="name" required>
          <Input defaultValue={role?.name} autoComplete="off" />
        </Field>
        {PERMISSION_GROUPS.map((group) => (
          <fieldset key={group.label} className="flex flex-col gap-2">
            <legend className="mb-1.5 text-sm font-medium">{group.label}</legend>
            {group.permissions.map(({ id, label, hint }) => (
              <Checkbox
                key={id}
                name="permissions"
                value={id}
                label={label}
                hint={held.includes(id) ? hint : "Your own role does not hold this"}
                defaultChecked={role?.permissions.includes(id) ?? false}
                disabled={!held.includes(id)}
              />
            ))}
          </fieldset>
        ))}
      </SubmitForm>
    </Sheet>
  );
}
