"use client";

import { CircleAlert, LogIn } from "lucide-react";
import { Button } from "#/components/ui/button.tsx";
import type { ProviderState } from "#/lib/connectors/widget-provider.ts";
import type { DoorState } from "#/lib/connectors/widget-sign-in.ts";
import { CodeForm } from "./sign-in-screen.tsx";
import { signInWords } from "./sign-in-words.ts";

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
  if (state.state === "reconnecting" || state.state === "failed")
    return (
      <p className="flex items-start gap-1.5 border-b border-warn-line/40 bg-warn-fill px-3 py-1 text-warn">
        <CircleAlert className="mt-0.5 size-3 shrink-0" aria-hidden />
        <span>
          {state.detail} {state.state === "reconnecting" ? "What was missed is fetched then." : ""}
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
    const { problem, waiting, button } = signInWords(door, label, state.problem);
    return (
      <div className="flex items-center gap-2 border-b border-warn-line/40 bg-warn-fill px-3 py-1 text-warn">
        <p className="min-w-0 flex-1">
          {waiting ?? problem ?? "You are signed out."} Suggestions go on; new chat messages and sending wait.
        </p>
        <Button size="sm" busy={door.kind === "opening"} onClick={onOpen}>
          <LogIn aria-hidden />
          {button}
        </Button>
      </div>
    );
  }
  if (!unconfirmed) return null;
  return (
    <p className="border-b bg-surface px-3 py-1 text-muted">
      Nobody has confirmed yet that your organization is this widget's: ask your administrator to run the
      connection's test.
    </p>
  );
}
