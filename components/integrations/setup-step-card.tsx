"use client";

import { Check, ChevronDown } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { Card } from "#/components/ui/card.tsx";
import { Checkbox } from "#/components/ui/checkbox.tsx";
import { CopyText } from "#/components/ui/copy-button.tsx";
import { Duration } from "#/components/ui/time.tsx";
import type { PasteKey, SetupStep } from "#/lib/connectors/manifest.ts";
import type { ShownStep } from "./check-step.ts";
import type { StepState } from "./step-state.ts";

type SetupStepCardProps = {
  step: SetupStep;
  number: number;
  state: StepState;
  /** The first one that is not done: it stands open. */
  current: boolean;
  result: ShownStep | undefined;
  running: boolean;
  paste: Partial<Record<PasteKey, string>>;
  links: Record<NonNullable<SetupStep["page"]>, string>;
  onCheck: (() => void) | undefined;
  /** Undefined for readers who may not change anything. */
  onTick: ((done: boolean) => void) | undefined;
  ticked: boolean;
};

const LINK_WORDS = {
  mapping: "Open Queue Mapping",
  deploy: "Open Deploy",
  test: "Open Test",
  credentials: "Go to Credentials",
  settings: "Go to Settings",
} as const;

const WORDS = {
  open: undefined,
  done: { state: "ok", word: "done" },
  failed: { state: "error", word: "check failed" },
  waiting: { state: "waiting", word: "waiting" },
  "not-used": { state: "off", word: "not used" },
} as const;

/** One step; what is done folds away and can be looked at again. */
export function SetupStepCard(props: SetupStepCardProps) {
  const { step, number, state, current } = props;
  const finished = state === "done" || state === "not-used";
  const [open, setOpen] = useState(current || !finished);
  const words = WORDS[state];
  return (
    <Card>
      <h2>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full items-center gap-3 rounded-sm text-left"
        >
          <StepNumber number={number} finished={state === "done"} />
          <span className="min-w-0 flex-1 font-semibold break-words">{step.title}</span>
          {words ? <StateBadge state={words.state}>{words.word}</StateBadge> : null}
          <ChevronDown
            aria-hidden
            className={`size-4 shrink-0 text-muted transition-transform ${open ? "rotate-180" : ""}`}
          />
        </button>
      </h2>
      {open ? <StepBody {...props} /> : null}
    </Card>
  );
}

function StepNumber({ number, finished }: { number: number; finished: boolean }) {
  return (
    <span
      aria-hidden
      className={`flex size-6 shrink-0 items-center justify-center rounded-full text-sm font-medium tabular-nums ${
        finished ? "bg-ok-fill text-ok" : "bg-accent-fill text-accent-text"
      }`}
    >
      {finished ? <Check className="size-4" /> : number}
    </span>
  );
}

function StepBody({ step, result, running, paste, links, onCheck, onTick, ticked }: SetupStepCardProps) {
  return (
    <div className="mt-2 flex min-w-0 flex-col gap-2 sm:pl-9">
      {step.where ? <p className="text-sm text-muted">{step.where}</p> : null}
      <p className="max-w-prose">{step.text}</p>
      {step.paste?.map(({ label, value }) => (
        <Paste key={label} label={label} text={paste[value]} />
      ))}
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        {onCheck ? (
          <Button size="sm" busy={running} onClick={onCheck}>
            Check this step
          </Button>
        ) : null}
        {!onCheck && onTick ? <Checkbox checked={ticked} onCheckedChange={onTick} label="Done" /> : null}
        {step.page ? (
          <Link
            href={links[step.page] as never}
            className="text-sm text-accent-text underline-offset-4 hover:underline"
          >
            {LINK_WORDS[step.page]}
          </Link>
        ) : null}
      </div>
      {result ? <StepResult result={result} /> : null}
    </div>
  );
}

/** What the check said of this step, and what to do where it failed. */
function StepResult({ result }: { result: ShownStep }) {
  const { outcome, ms, detail, reason, remedy } = result;
  if (outcome === "failed")
    return (
      <div role="alert" className="rounded-md bg-error-fill px-3 py-2 text-sm">
        <p className="text-error">{reason}</p>
        <p className="mt-0.5">{remedy}</p>
      </div>
    );
  if (!detail) return null;
  return (
    <p role="status" className="text-sm text-muted">
      {detail}
      {outcome === "passed" && ms ? (
        <>
          {" "}
          (<Duration ms={ms} />)
        </>
      ) : null}
    </p>
  );
}

function Paste({ label, text }: { label: string; text: string | undefined }) {
  return (
    <div className="grid items-center gap-x-3 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <span className="text-sm text-muted">{label}</span>
      {text ? (
        <CopyText text={text} label={`Copy the ${label}`} />
      ) : (
        <span className="text-sm">Shown when it is made; see Credentials.</span>
      )}
    </div>
  );
}
