"use client";

import type { ReactNode } from "react";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import { useWords } from "./use-words.tsx";

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
  "unknown-connection": ["problem.unknownConnection", "problem.unknownConnectionText"],
  "no-token": ["problem.noToken", "problem.noTokenText"],
  refused: ["problem.refused", "problem.refusedText"],
  "wrong-parent": ["problem.wrongParent", "problem.wrongParentText"],
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
  const { t, said } = useWords();
  const [title, text] = PROBLEMS[kind];
  return (
    <main className="flex h-dvh max-h-full flex-col justify-center p-3 text-sm">
      <ErrorState title={t(title)}>
        {reason ? said(reason) : t(text)}
        {origin ? <code className="mt-1 block font-mono text-xs break-all">{origin}</code> : null}
      </ErrorState>
    </main>
  );
}
