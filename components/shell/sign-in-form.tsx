"use client";

import { CircleAlert } from "lucide-react";
import { signIn } from "next-auth/react";
import { useState, useTransition } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

const REASONS: Record<string, string> = {
  CredentialsSignin: "E-mail and password do not fit together. Check both and try again.",
  not_proven:
    "The provider did not vouch for a verified address of a company's directory. Private accounts do not count here.",
  not_admitted:
    "No tenant here is open to this account. Ask your admin to invite you, or to allow your directory.",
  OAuthCallback:
    "The provider's answer did not fit what was asked. Try again; if it stays, tell your operator.",
  AccessDenied: "The provider did not let you in. Try again, or use another way to sign in.",
  rate_limited: "Too many attempts. Wait 15 minutes, then try again.",
};
const UNKNOWN_REASON = "Signing in failed on our side. Try again in a moment.";

type SignInFormProps = {
  callbackUrl: string;
  initialError?: string;
  /** Identity providers that this installation has set up. */
  providers: readonly { id: string; label: string }[];
};

export function SignInForm({ callbackUrl, initialError, providers }: SignInFormProps) {
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
      {providers.length > 0 ? <ProviderButtons providers={providers} callbackUrl={callbackUrl} /> : null}
    </form>
  );
}

function ProviderButtons({ providers, callbackUrl }: Pick<SignInFormProps, "providers" | "callbackUrl">) {
  const [chosen, setChosen] = useState<string>();
  return (
    <>
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {providers.map(({ id, label }) => (
        <Button
          key={id}
          size="lg"
          width="full"
          busy={chosen === id}
          onClick={() => {
            setChosen(id);
            void signIn(id, { callbackUrl });
          }}
        >
          Continue with {label}
        </Button>
      ))}
    </>
  );
}
