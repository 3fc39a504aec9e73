"use client";

import { signIn } from "next-auth/react";
import { useRef } from "react";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { SubmitForm } from "#/components/ui/submit-form.tsx";
import type { ActionResult } from "./action-result.ts";

type NewAccountFormProps = {
  token: string;
  email: string;
  make: (form: FormData) => Promise<ActionResult<{ slug: string; email: string }>>;
};

/** Makes the account that an invitation is for, and signs in with it. */
export function NewAccountForm({ token, email, make }: NewAccountFormProps) {
  const chosen = useRef("");
  const send = (form: FormData) => {
    chosen.current = String(form.get("password"));
    return make(form);
  };
  const enter = async () => {
    await signIn("credentials", { email, password: chosen.current, redirect: false });
    window.location.assign("/sign-in");
  };
  return (
    <SubmitForm action={send} submitLabel="Make the account and join" onSaved={enter} guard={false}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <Field label="Your name" name="name" required>
        <Input autoComplete="name" />
      </Field>
      <Field
        label="Password"
        name="password"
        required
        help="12 characters at least. A few words in a row do well."
      >
        <Input type="password" autoComplete="new-password" />
      </Field>
      <Field label="Password again" name="again" required>
        <Input type="password" autoComplete="new-password" />
      </Field>
    </SubmitForm>
  );
}

type JoinFormProps = { token: string; join: (form: FormData) => Promise<ActionResult<{ slug: string }>> };

/** Joins with the account of who is signed in. */
export function JoinForm({ token, join }: JoinFormProps) {
  return (
    <SubmitForm
      action={join}
      submitLabel="Join"
      onSaved={() => window.location.assign("/sign-in")}
      guard={false}
    >
      <input type="hidden" name="token" value={token} />
      <p>You join with the account that you are signed in with.</p>
    </SubmitForm>
  );
}
