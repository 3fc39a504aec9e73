"use client";

import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select } from "#/components/ui/select.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { AgentLink } from "#/lib/directory/list-links.ts";

export type SaveLink = (form: FormData) => Promise<FormResult>;

type LinkSheetProps = {
  connectionId: string;
  save: SaveLink;
  /** The keys of a widget that nobody matched: one of them is linked. */
  names?: readonly string[];
  /** A link whose agent changes; its key stays, as a desktop has it. */
  link?: AgentLink;
};

/** Says that a key of a desktop is an agent of the platform's events. */
export function LinkSheet({ connectionId, save, names, link }: LinkSheetProps) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      size="sm"
      title={link ? "Change the link" : "Link a key to an agent"}
      hint="Open widgets follow within a few seconds."
      trigger={triggerOf(names, link)}
    >
      <SubmitForm
        action={save}
        submitLabel={link ? "Save" : "Link"}
        savedMessage="The link is saved."
        onSaved={() => setOpen(false)}
        secondary={<Button onClick={() => setOpen(false)}>Cancel</Button>}
      >
        <input type="hidden" name="connectionId" value={connectionId} />
        <KeyField names={names} link={link} />
        <Field
          label="Agent id in the events"
          name="agentId"
          required
          help="As the event inspector shows it under agent, such as agCHmXFoTuRaI5XyfBbLLg."
        >
          <Input font="mono" defaultValue={link?.agentId} maxLength={200} autoComplete="off" />
        </Field>
      </SubmitForm>
    </Sheet>
  );
}

function triggerOf(names: LinkSheetProps["names"], link: AgentLink | undefined) {
  if (link)
    return (
      <Button size="sm" variant="ghost" aria-label={`Change the link of ${link.name}`}>
        Change
      </Button>
    );
  if (names)
    return (
      <Button size="sm" aria-label={`Link ${names[0] ?? "this widget"} to an agent`}>
        Link to an agent
      </Button>
    );
  return <Button variant="primary">Add a link</Button>;
}

function KeyField({ names, link }: Pick<LinkSheetProps, "names" | "link">) {
  const label = "Key of the desktop";
  if (link)
    return (
      <Field label={label} name="name" help="To link another key, add a link and remove this one.">
        <Input font="mono" value={link.name} readOnly />
      </Field>
    );
  if (names)
    return (
      <Field
        label={label}
        name="name"
        required
        help="Choose the one that stays the same at each sign-in, such as a user id."
      >
        <Select options={names.map((name) => ({ value: name, label: name }))} defaultValue={names[0]} />
      </Field>
    );
  return (
    <Field
      label={label}
      name="name"
      required
      help="A user id, a login or the aid of the widget's address. Upper and lower case are the same."
    >
      <Input font="mono" maxLength={200} autoComplete="off" />
    </Field>
  );
}
