"use client";

import { CircleAlert, LogIn } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import type { DoorState } from "#/lib/connectors/widget-sign-in.ts";
import { signInWords } from "./sign-in-words.ts";
import { useWords } from "./use-words.tsx";

type SignInScreenProps = {
  /** The platform's name. */
  label: string;
  organization?: string | undefined;
  door: DoorState;
  /** Why the last sign-in ended, where the door does not say it itself. */
  problem?: string | undefined;
  onOpen(): void;
  /** Without a window, in this frame. */
  onHere(): void;
  onCode(typed: string): void;
};

/** Before an agent is known: what will happen in one sentence, and one button. */
export function SignInScreen({
  label,
  organization,
  door,
  problem,
  onOpen,
  onHere,
  onCode,
}: SignInScreenProps) {
  const all = useWords();
  const { t } = all;
  const words = signInWords(all, door, { platform: label, problem });
  return (
    <main className="flex h-dvh flex-col items-center justify-center px-5 text-sm">
      <div className="w-full max-w-80">
        <h1 className="text-base font-medium">{t("signIn.title", { platform: label })}</h1>
        <p className="mt-1 text-muted">
          {organization
            ? t("signIn.textAt", { platform: label, organization })
            : t("signIn.text", { platform: label })}
        </p>
        <div role="alert">
          {words.problem ? (
            <p className="mt-3 flex items-start gap-2 rounded-md border border-error-line/50 bg-error-fill px-3 py-2 text-error">
              <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
              <span className="min-w-0 break-words">{words.problem}</span>
            </p>
          ) : null}
        </div>
        {door.kind === "code" ? (
          <CodeForm wrong={door.wrong} onCode={onCode} />
        ) : (
          <div className="mt-4">
            <Button
              variant={door.kind === "away" && !door.closed ? "secondary" : "primary"}
              size="lg"
              width="full"
              busy={door.kind === "opening"}
              onClick={onOpen}
            >
              {door.kind === "opening" ? null : <LogIn aria-hidden />}
              {words.button}
            </Button>
            {door.kind === "opening" ? null : (
              <p className="mt-2 text-center">
                <Button variant="ghost" size="sm" onClick={onHere}>
                  {t("signIn.here")}
                </Button>
              </p>
            )}
          </div>
        )}
        <p role="status" className="mt-3 min-h-10 text-xs text-muted">
          {words.waiting}
        </p>
      </div>
    </main>
  );
}

/** Where the login cut its window off from ours. */
export function CodeForm({ wrong, onCode }: { wrong: boolean; onCode(typed: string): void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(typed);
  };
  return (
    <form onSubmit={submit} className="mt-4">
      <label htmlFor="sign-in-code" className="font-medium">
        {t("signIn.code")}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          ref={input}
          id="sign-in-code"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={12}
          aria-invalid={wrong}
          aria-describedby="sign-in-code-help"
          className="h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2 font-mono tracking-wider uppercase"
        />
        <Button type="submit" variant="primary" size="lg" disabled={typed.trim() === ""}>
          {t("signIn.goOn")}
        </Button>
      </div>
      <p id="sign-in-code-help" className={wrong ? "mt-1 text-xs text-error" : "mt-1 text-xs text-muted"}>
        {t(wrong ? "signIn.codeWrong" : "signIn.codeHelp")}
      </p>
    </form>
  );
}
