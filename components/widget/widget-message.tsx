import type { ReactNode } from "react";
import { ErrorState } from "#/components/ui/empty-state.tsx";

type WidgetMessageProps = { title: string; children?: ReactNode; busy?: boolean };

/** The whole widget as one calm sentence, where there is nothing to follow yet. */
export function WidgetMessage({ title, children, busy }: WidgetMessageProps) {
  return (
    <main
      className="flex h-dvh max-h-full flex-col items-center justify-center gap-1 px-6 text-center text-sm"
      aria-busy={busy}
    >
      <p role="status" className="font-medium">
        {title}
      </p>
      <p className="max-w-80 text-muted">{children}</p>
    </main>
  );
}

const PROBLEMS = {
  "unknown-connection": {
    title: "This widget is not connected",
    text: "Its address names no active connection. Copy the address again from Integrations > Deploy, or switch the connection on.",
  },
  "no-token": {
    title: "The address is not complete",
    text: "It carries no embed token. Copy the whole address from Integrations > Deploy, the part after # included.",
  },
  refused: {
    title: "This widget may not be opened",
    text: "The embed token is not valid for this connection, or it was replaced. Copy the address again from Integrations > Deploy, then load this page anew.",
  },
  "wrong-parent": {
    title: "This page may not show the widget",
    text: "Add its origin to the connection's allowed origins under Integrations > Deploy.",
  },
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

type WidgetProblemProps = {
  kind: ProblemKind;
  origin?: string | undefined;
  /** Said instead of the usual explanation. */
  reason?: string | undefined;
};

/** What is wrong before a conversation can be shown, and what somebody can do about it. */
export function WidgetProblem({ kind, origin, reason }: WidgetProblemProps) {
  const { title, text } = PROBLEMS[kind];
  return (
    <main className="flex h-dvh max-h-full flex-col justify-center p-3 text-sm">
      <ErrorState title={title}>
        {reason ?? text}
        {origin ? <code className="mt-1 block font-mono text-xs break-all">{origin}</code> : null}
      </ErrorState>
    </main>
  );
}
