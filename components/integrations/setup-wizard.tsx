"use client";

import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import type { PasteKey, SetupStep } from "#/lib/connectors/manifest.ts";
import { readSteps, type ShownStep } from "./check-step.ts";
import { SetupStepCard } from "./setup-step-card.tsx";
import { stateOfStep } from "./step-state.ts";
import { useCheckRun } from "./use-check-run.ts";

export type TickStep = (input: {
  connectionId: string;
  step: string;
  done: boolean;
}) => Promise<{ ok: true } | { ok: false; message: string }>;

type SetupWizardProps = {
  connectionId: string;
  steps: readonly SetupStep[];
  /** Steps of the last test, for those that prove a set-up step. */
  checked: readonly unknown[];
  /** Ids of the steps that somebody ticked off. */
  ticked: readonly string[];
  /** Runs the connection's test. */
  address: string;
  paste: Partial<Record<PasteKey, string>>;
  links: Record<NonNullable<SetupStep["page"]>, string>;
  /** Undefined for readers who may not change anything. */
  tick: TickStep | undefined;
};

/**
 * What to do, in order: on the platform's side, what to paste there, and whether it worked. A step is done when its
 * check has passed or somebody ticked it off; both are kept with the connection, so anyone can go on later.
 */
export function SetupWizard(props: SetupWizardProps) {
  const { connectionId, steps, address, paste, links, tick } = props;
  const { results, running, problem, run } = useCheckRun(address, readSteps(props.checked));
  const [ticked, setTicked] = useState(props.ticked);
  const [, startTransition] = useTransition();
  const states = steps.map((step) => stateOfStep(step, results, ticked));
  const done = states.filter((state) => state === "done" || state === "not-used").length;
  const current = states.findIndex((state) => state !== "done" && state !== "not-used");

  const change = (step: string, isDone: boolean) => {
    setTicked(isDone ? [...ticked, step] : ticked.filter((one) => one !== step));
    startTransition(async () => {
      const result = await tick?.({ connectionId, step, done: isDone });
      if (result && !result.ok) {
        setTicked(ticked);
        toast.error(result.message);
      }
    });
  };

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Progress done={done} of={steps.length} />
        <Button size="sm" busy={running !== undefined} onClick={() => run(undefined)}>
          Check every step
        </Button>
      </div>
      {problem ? <ErrorState title="The check could not be finished">{problem}</ErrorState> : null}
      <ol className="flex min-w-0 flex-col gap-3">
        {steps.map((step, index) => (
          <li key={step.id}>
            <SetupStepCard
              key={index === current ? "current" : "other"}
              step={step}
              number={index + 1}
              state={states[index] ?? "open"}
              current={index === current}
              result={resultOf(step, results)}
              running={running !== undefined && (running === "" || running === step.check)}
              paste={paste}
              links={links}
              onCheck={step.check ? () => run(step.check) : undefined}
              onTick={tick ? (isDone) => change(step.id, isDone) : undefined}
              ticked={ticked.includes(step.id)}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

function resultOf({ check }: SetupStep, results: readonly ShownStep[]): ShownStep | undefined {
  return results.find(({ name }) => name === check);
}

function Progress({ done, of }: { done: number; of: number }) {
  return (
    <div className="flex min-w-48 flex-1 items-center gap-3">
      <span className="text-sm whitespace-nowrap tabular-nums">
        {done === of ? "Set up: every step is done" : `${done} of ${of} steps done`}
      </span>
      <span aria-hidden className="h-1.5 max-w-64 flex-1 overflow-hidden rounded-sm bg-selected">
        <span className="block h-full bg-ok-line" style={{ width: `${(100 * done) / of}%` }} />
      </span>
    </div>
  );
}
