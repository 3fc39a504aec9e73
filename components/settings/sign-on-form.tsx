"use client";

import { useState } from "react";
import { Card } from "#/components/ui/card.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Select, type SelectOption } from "#/components/ui/select.tsx";
import { SubmitForm } from "#/components/ui/submit-form.tsx";
import { Switch } from "#/components/ui/switch.tsx";
import { Textarea } from "#/components/ui/textarea.tsx";
import type { SignInSettings } from "#/lib/tenancy/sign-in-settings.ts";
import type { ActionResult } from "./action-result.ts";

type SignOnFormProps = {
  settings: SignInSettings;
  roles: readonly SelectOption[];
  offered: { google: boolean; microsoft: boolean };
  save: (form: FormData) => Promise<ActionResult>;
};

/** Which ways of signing in open this tenant. */
export function SignOnForm({ settings, roles, offered, save }: SignOnFormProps) {
  const [joins, setJoins] = useState(settings.joinRole ?? "");
  return (
    <Card>
      <SubmitForm action={save} savedMessage="Saved. It counts from the next click on.">
        <Field
          label="E-mail domains"
          name="domains"
          help="One a line. Single sign-on is for people whose address ends in one of these."
        >
          <Textarea
            rows={3}
            defaultValue={settings.domains.join("\n")}
            placeholder="example.com"
            spellCheck={false}
          />
        </Field>
        <Switch
          name="google"
          label="Google"
          hint={
            offered.google
              ? "Accounts of a Google Workspace whose domain is listed above. Private Google accounts never count."
              : "Not set up on this installation: an operator sets GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET."
          }
          defaultChecked={settings.google}
        />
        <Field
          label="Microsoft Entra directories"
          name="microsoftDirectories"
          help={
            offered.microsoft
              ? "Directory (tenant) ids, one a line, from Entra's overview page. Empty: Microsoft opens nothing."
              : "Not set up on this installation: an operator sets MICROSOFT_CLIENT_ID and MICROSOFT_CLIENT_SECRET."
          }
        >
          <Textarea
            rows={2}
            defaultValue={settings.microsoftDirectories.join("\n")}
            placeholder="8eaef023-2b34-4da1-9baa-8bc8c9d6a490"
            spellCheck={false}
          />
        </Field>
        <Field
          label="Who signs in for the first time"
          name="joinRole"
          help="People of your domains who were not invited. Whoever is in your directory can get this role."
        >
          <Select
            options={[{ value: "", label: "Gets in only by invitation" }, ...roles]}
            value={joins}
            onValueChange={setJoins}
          />
        </Field>
        <Field
          name="passwords"
          label="E-mail and password"
          help="Off: only single sign-on opens this tenant. You can switch it off once you are signed in that way yourself."
        >
          <Switch defaultChecked={settings.passwords} />
        </Field>
      </SubmitForm>
    </Card>
  );
}
