"use client";

import { CircleAlert, LogIn } from "lucide-react";
import { Button } from "#/components/ui/button.tsx";
import type { ProviderState } from "#/lib/connectors/widget-provider.ts";
import type { DoorState } from "#/lib/connectors/widget-sign-in.ts";
import { CodeForm } from "./sign-in-screen.tsx";
import { signInWords } from "./sign-in-words.ts";
import { useWords } from "./use-words.tsx";

type SignInBarProps = {
  label: string;
  state: ProviderState;
  door: DoorState;
  /** Nobody has compared the agent's organization with the tenant's yet. */
  unconfirmed: boolean;
  onOpen(): void;
  onCode(typed: string): void;
};

/** Above the conversation, which goes on meanwhile: what is wrong between the agent's desktop and us. */
export function SignInBar({ label, state, door, unconfirmed, onOpen, onCode }: SignInBarProps) {
  return (
    <div role="status" className="shrink-0 text-xs">
      <BarContent {...{ label, state, door, unconfirmed, onOpen, onCode }} />
    </div>
  );
}

function BarContent({ label, state, door, unconfirmed, onOpen, onCode }: SignInBarProps) {
  const words = useWords();
  const { t, said } = words;
  if (state.state === "reconnecting" || state.state === "failed")
    return (
      <p className="flex items-start gap-1.5 border-b border-warn-line/40 bg-warn-fill px-3 py-1 text-warn">
        <CircleAlert className="mt-0.5 size-3 shrink-0" aria-hidden />
        <span>
          {said(state.detail)} {state.state === "reconnecting" ? t("signIn.missed") : ""}
        </span>
      </p>
    );
  if (state.state === "signed-out" && door.kind === "code")
    return (
      <div className="border-b border-warn-line/40 bg-surface px-3 pb-2">
        <CodeForm wrong={door.wrong} onCode={onCode} />
      </div>
    );
  if (state.state === "signed-out") {
    const { problem, waiting, button } = signInWords(words, door, {
      platform: label,
      problem: state.problem,
    });
    return (
      <div className="flex items-center gap-2 border-b border-warn-line/40 bg-warn-fill px-3 py-1 text-warn">
        <p className="min-w-0 flex-1">
          {waiting ?? problem ?? t("signIn.out")} {t("signIn.meanwhile")}
        </p>
        <Button size="sm" busy={door.kind === "opening"} onClick={onOpen}>
          <LogIn aria-hidden />
          {button}
        </Button>
      </div>
    );
  }
  if (!unconfirmed) return null;
  return <p className="border-b bg-surface px-3 py-1 text-muted">{t("signIn.unconfirmed")}</p>;
}
