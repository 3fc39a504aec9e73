"use client";

import { CircleAlert } from "lucide-react";
import { signIn } from "next-auth/react";
import { useState, useTransition } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

const REASONS: Record<string, string> = {
  CredentialsSignin: "E-mail and password do not fit together. Check both and try again.",
  rate_limited: "Too many attempts. Wait 15 minutes, then try again.",
};
const UNKNOWN_REASON = "Signing in failed on our side. Try again in a moment.";

type SignInFormProps = { callbackUrl: string; initialError?: string };

export function SignInForm({ callbackUrl, initialError }: SignInFormProps) {
  const [problem, setProblem] = useState(
    initialError ? (REASONS[initialError] ?? UNKNOWN_REASON) : undefined,
  );
  const [busy, startTransition] = useTransition();

  const submit = (form: HTMLFormElement) => {
    const sent = new FormData(form);
    startTransition(async () => {
      const attempt = {
        email: String(sent.get("email")),
        password: String(sent.get("password")),
        redirect: false,
      };
      const result = await signIn("credentials", attempt).catch(() => undefined);
      if (result?.ok && !result.error) {
        // A full load, so that nothing of the visitor's page is kept.
        window.location.assign(callbackUrl);
        // Stays busy until the next page is there.
        await new Promise(() => {});
      }
      setProblem(REASONS[result?.error ?? ""] ?? UNKNOWN_REASON);
      form.querySelector<HTMLInputElement>('input[type="password"]')?.select();
    });
  };

  return (
    <form
      // A password must not end up in an address if the script has not loaded yet.
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit(event.currentTarget);
      }}
    >
      {problem ? (
        <p
          role="alert"
          className="flex items-start gap-2 rounded-md bg-error-fill px-3 py-2 text-sm text-error"
        >
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {problem}
        </p>
      ) : null}
      <Field label="E-mail" name="email" required>
        <Input type="email" autoComplete="username" scale="lg" autoFocus spellCheck={false} />
      </Field>
      <Field label="Password" name="password" required>
        <Input type="password" autoComplete="current-password" scale="lg" />
      </Field>
      <Button type="submit" variant="primary" size="lg" width="full" busy={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
